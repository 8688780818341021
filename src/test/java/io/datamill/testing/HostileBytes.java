package io.datamill.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Records that nobody in his right mind would send: a good one with random damage, the same for the same seed. */
public final class HostileBytes {
    private static final List<byte[]> TOKENS = tokens(
            "\0",
            "\uFEFF",
            "\r\n",
            "\r",
            "\"",
            "\\",
            "\\ud800",
            "\\u0000",
            "\u2028",
            "NaN",
            "-Infinity",
            "1e999",
            "-0",
            "1e-400",
            "1E+2147483648",
            "9".repeat(400),
            "2147483648",
            "9223372036854775808",
            "-9223372036854775808",
            "+1000000-01-01T00:00:00Z",
            "0000-00-00",
            "-999999999-01-01",
            "9999-12-31T23:59:60Z",
            "2026-02-30",
            "[",
            "{",
            "[".repeat(2000),
            "{\"a\":".repeat(2000),
            "[]",
            "{}",
            "null",
            "true",
            ",",
            ":",
            "=",
            "\t",
            " ",
            "\uD83D\uDE00",
            "a".repeat(9000));

    private final Random random;

    public HostileBytes(Random random) {
        this.random = random;
    }

    /** The record with one to four things done to it. */
    public byte[] damaged(byte[] record) {
        byte[] data = record;
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            data = once(data);
        }
        return data;
    }

    private byte[] once(byte[] data) {
        int at = random.nextInt(data.length + 1);
        int to = Math.min(data.length, at + random.nextInt(1 + Math.max(1, data.length / 4)));
        byte[] token = TOKENS.get(random.nextInt(TOKENS.size()));
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(data, at);
            case 1 -> joined(Arrays.copyOf(data, at), Arrays.copyOfRange(data, to, data.length));
            case 2 -> joined(data, Arrays.copyOfRange(data, at, to));
            case 3 -> joined(Arrays.copyOf(data, to), Arrays.copyOfRange(data, at, data.length));
            case 4, 5 -> joined(Arrays.copyOf(data, at), token, Arrays.copyOfRange(data, at, data.length));
            case 6 -> joined(Arrays.copyOf(data, at), token, Arrays.copyOfRange(data, to, data.length));
            case 7 -> random.nextInt(8) == 0 ? gzip(data) : flipped(data);
            default -> flipped(data);
        };
    }

    private byte[] flipped(byte[] data) {
        byte[] copy = data.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && copy.length > 0; times--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static List<byte[]> tokens(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
