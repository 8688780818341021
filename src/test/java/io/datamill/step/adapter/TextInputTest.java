package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextInputTest {
    private final TextInput utf8 = new TextInput(StandardCharsets.UTF_8);

    @Test
    void readsTextAsItIs() throws Exception {
        assertThat(utf8.read(utf8("née 😀\n")).toString()).isEqualTo("née 😀\n");
        assertThat(utf8.read(new byte[0]).toString()).isEmpty();
        String large = "ä".repeat(3_000_000);
        assertThat(utf8.read(utf8(large)).toString()).isEqualTo(large);
        assertThat(utf8.read(utf8("ab")).toString()).isEqualTo("ab");
    }

    @Test
    void givesAnArrayFromItsStartOn() throws Exception {
        var chars = utf8.read(utf8("\uFEFFa,b"));
        assertThat(chars.arrayOffset() + chars.position()).isZero();
        assertThat(new String(chars.array(), 0, chars.limit())).isEqualTo("a,b");
    }

    @Test
    void saysWhereMalformedTextIs() {
        assertRejected("MALFORMED_TEXT", utf8, new byte[] {'a', 'b', (byte) 0xc3, 'c'}, "c3 at offset 2");
        assertRejected("MALFORMED_TEXT", utf8, new byte[] {'a', (byte) 0xe2, (byte) 0x82}, "at offset 1");
        assertRejected("MALFORMED_TEXT", utf8, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, "at offset 0");
        TextInput ascii = new TextInput(StandardCharsets.US_ASCII);
        assertRejected("MALFORMED_TEXT", ascii, utf8("aé"), "at offset 1");
    }

    @Test
    void readsOtherCharsets() throws Exception {
        TextInput cp1252 = new TextInput(TextInput.charset("windows-1252"));
        assertThat(cp1252.read(new byte[] {(byte) 0x80, (byte) 0xe9}).toString()).isEqualTo("€é");
        assertRejected("MALFORMED_TEXT", cp1252, new byte[] {'a', (byte) 0x81}, "at offset 1");
        TextInput utf16 = new TextInput(TextInput.charset("utf-16le"));
        assertThat(utf16.read("\uFEFFé".getBytes(StandardCharsets.UTF_16LE)).toString())
                .isEqualTo("é");
        assertThat(utf16.bytes("é")).isEqualTo("é".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void refusesACharsetThatIsNone() {
        assertThatThrownBy(() -> TextInput.charset("utf-9")).hasMessageStartingWith("charset is 'utf-9'");
        assertThatThrownBy(() -> TextInput.charset("no charset")).hasMessageStartingWith("charset is ");
        assertThat(TextInput.charset(null)).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void inflatesGzipOfSeveralMembers() throws Exception {
        byte[] first = gzip("one ");
        byte[] second = gzip("two");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(utf8.read(both).toString()).isEqualTo("one two");
        assertThat(utf8.read(utf8("plain")).toString()).isEqualTo("plain");
    }

    @Test
    void inflatesGzipWithAllOptionalHeaders() throws Exception {
        byte[] plain = gzip("text");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 3);
        out.write(4 | 8 | 16 | 2);
        out.write(plain, 4, 6);
        out.writeBytes(new byte[] {2, 0, 9, 9}); // extra
        out.writeBytes(utf8("name\0comment\0")); // and
        out.writeBytes(new byte[] {1, 2}); // the header's checksum, which is not looked at
        out.write(plain, 10, plain.length - 10);
        assertThat(utf8.read(out.toByteArray()).toString()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 9})
    void inflatesZlibOfEveryLevel(int level) throws Exception {
        byte[] zlib = zlib("some text", level);
        assertThat(utf8.read(zlib).toString()).isEqualTo("some text");
    }

    @Test
    void rejectsBrokenCompression() throws Exception {
        byte[] good = gzip("some text");
        for (int length = 3; length < good.length; length++) {
            assertRejected("BROKEN_COMPRESSION", utf8, Arrays.copyOf(good, length), "gzip");
        }
        byte[] checksum = good.clone();
        checksum[good.length - 8] ^= 1;
        assertRejected("BROKEN_COMPRESSION", utf8, checksum, "checksum");
        assertRejected("BROKEN_COMPRESSION", utf8, Arrays.copyOf(good, good.length + 1), "no header at offset");
        byte[] zlib = zlib("some text", 9);
        assertRejected("BROKEN_COMPRESSION", utf8, Arrays.copyOf(zlib, zlib.length - 1), "ends too early");
        assertRejected("BROKEN_COMPRESSION", utf8, Arrays.copyOf(zlib, zlib.length + 1), "follow");
        zlib[zlib.length - 1] ^= 1;
        assertRejected("BROKEN_COMPRESSION", utf8, zlib, "zlib");
    }

    @Test
    void takesTextThatBeginsAsZlibMayAsText() throws Exception {
        assertThat(utf8.read(utf8("x^2 + 1")).toString()).isEqualTo("x^2 + 1");
    }

    @Test
    void inflatesUpToTheLimitAndNoFurther() throws Exception {
        byte[] most = gzip("a".repeat(TextInput.MOST_INFLATED));
        assertThat(utf8.read(most).remaining()).isEqualTo(TextInput.MOST_INFLATED);
        assertRejected("INFLATED_TOO_LARGE", utf8, gzip("a".repeat(TextInput.MOST_INFLATED + 1)), "16777216");
        assertRejected("INFLATED_TOO_LARGE", utf8, zlib("a".repeat(2 * TextInput.MOST_INFLATED), 5), "16777216");
    }

    @Test
    void readsOnAfterItWasClosed() throws Exception {
        utf8.read(gzip("a"));
        utf8.close();
        assertThat(utf8.read(gzip("b")).toString()).isEqualTo("b");
    }

    private static void assertRejected(String reason, TextInput input, byte[] data, String message) {
        assertThatThrownBy(() -> input.read(data)).isInstanceOfSatisfying(RejectedEventException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(message);
        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(utf8(text));
        }
        return out.toByteArray();
    }

    private static byte[] zlib(String text, int level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zlib = new DeflaterOutputStream(out, new Deflater(level))) {
            zlib.write(utf8(text));
        }
        return out.toByteArray();
    }
}
