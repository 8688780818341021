package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * AWS Glue Schema Registry's wire format, so that its clients read ours and we read theirs: a byte 3, a compression
 * byte (0 none, 5 zlib), the writer schema's UUID as 16 bytes big-endian, then the payload.
 *
 * <p>Not safe for use by several threads: it keeps one inflater and one buffer between records.
 */
public final class WireFormat implements Envelope {
    /** Largest payload, in bytes, that a compressed record may inflate to unless told otherwise. */
    public static final int DEFAULT_MAX_INFLATED = 16 << 20;

    /** Bytes before the payload. */
    public static final int HEADER_LENGTH = 18;

    private static final byte VERSION = 3;
    private static final byte NO_COMPRESSION = 0;
    private static final byte ZLIB = 5;
    private static final int KEPT_BUFFER = 1 << 20;

    private final int maxInflated;
    private Inflater inflater;
    private byte[] buffer;

    public WireFormat() {
        this(DEFAULT_MAX_INFLATED);
    }

    /** @param maxInflated bytes that a compressed payload may inflate to, at least 1 */
    public WireFormat(int maxInflated) {
        if (maxInflated < 1) {
            throw new IllegalArgumentException("maxInflated must be at least 1, not " + maxInflated);
        }
        this.maxInflated = maxInflated;
        this.buffer = new byte[Math.min(maxInflated, 8 << 10)];
    }

    /** @throws UndecodableException when the header is not this format's or the payload does not inflate in the limit */
    @Override
    public Frame decode(byte[] framed) throws UndecodableException {
        if (framed.length < HEADER_LENGTH) {
            throw new UndecodableException(
                    Reason.TOO_SHORT, "record of " + framed.length + " bytes; the header alone has " + HEADER_LENGTH);
        }
        if (framed[0] != VERSION) {
            throw new UndecodableException(
                    Reason.WRONG_HEADER, "first byte is " + (framed[0] & 0xff) + ", expected " + VERSION);
        }
        ByteBuffer id = ByteBuffer.wrap(framed, 2, 16);
        UUID schemaId = new UUID(id.getLong(), id.getLong());
        return switch (framed[1]) {
            case NO_COMPRESSION -> new Frame(schemaId, framed, HEADER_LENGTH, framed.length - HEADER_LENGTH);
            case ZLIB -> inflated(schemaId, framed);
            default ->
                throw new UndecodableException(
                        Reason.UNKNOWN_COMPRESSION,
                        "compression byte is " + (framed[1] & 0xff) + ", expected 0 (none) or 5 (zlib)");
        };
    }

    /** Frames a payload for writing. */
    public static byte[] encode(UUID schemaId, byte[] payload) {
        return header(schemaId, NO_COMPRESSION, payload.length).put(payload).array();
    }

    /** Frames a payload for writing, compressed with zlib. */
    public static byte[] encodeCompressed(UUID schemaId, byte[] payload) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(payload);
            deflater.finish();
            byte[] out = new byte[64 + payload.length + (payload.length >> 3)];
            int length = 0;
            while (!deflater.finished()) {
                if (length == out.length) {
                    out = Arrays.copyOf(out, out.length * 2);
                }
                length += deflater.deflate(out, length, out.length - length);
            }
            return header(schemaId, ZLIB, length).put(out, 0, length).array();
        } finally {
            deflater.end();
        }
    }

    private static ByteBuffer header(UUID schemaId, byte compression, int payloadLength) {
        return ByteBuffer.allocate(HEADER_LENGTH + payloadLength)
                .put(VERSION)
                .put(compression)
                .putLong(schemaId.getMostSignificantBits())
                .putLong(schemaId.getLeastSignificantBits());
    }

    /** Gives back the inflater's native memory. */
    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private Frame inflated(UUID schemaId, byte[] framed) throws UndecodableException {
        if (inflater == null) {
            inflater = new Inflater();
        }
        inflater.reset();
        inflater.setInput(framed, HEADER_LENGTH, framed.length - HEADER_LENGTH);
        byte[] out = buffer;
        int length = 0;
        while (!inflater.finished()) {
            if (length == out.length) {
                out = grown(out, length);
            }
            int read = inflateInto(out, length);
            if (read == 0 && !inflater.finished()) {
                throw corrupt("ends after " + length + " inflated bytes, before the end of its zlib stream", null);
            }
            length += read;
        }
        if (inflater.getRemaining() > 0) {
            throw corrupt(inflater.getRemaining() + " bytes follow the end of its zlib stream", null);
        }
        if (out.length <= KEPT_BUFFER) {
            buffer = out;
        }
        return new Frame(schemaId, out, 0, length);
    }

    private int inflateInto(byte[] out, int length) throws UndecodableException {
        try {
            return inflater.inflate(out, length, out.length - length);
        } catch (DataFormatException e) {
            throw corrupt("is no zlib stream: " + e.getMessage() + ", after " + length + " inflated bytes", e);
        }
    }

    private byte[] grown(byte[] out, int length) throws UndecodableException {
        if (length >= maxInflated) {
            throw new UndecodableException(
                    Reason.TOO_LARGE, "payload inflates to more than the limit of " + maxInflated + " bytes");
        }
        return Arrays.copyOf(out, (int) Math.min(maxInflated, out.length * 2L));
    }

    private static UndecodableException corrupt(String what, Throwable cause) {
        return new UndecodableException(Reason.CORRUPT_COMPRESSION, "compressed payload " + what, cause);
    }
}
