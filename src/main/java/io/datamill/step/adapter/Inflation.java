package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates gzip (RFC 1952, one member after the other) and zlib (RFC 1950); anything else is given as it is. */
final class Inflation implements AutoCloseable {
    /** A larger buffer serves one record and is not kept. */
    private static final int MOST_KEPT = 1 << 20;

    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final CRC32 crc = new CRC32();
    private Inflater raw;
    private Inflater zlib;
    private byte[] buffer = new byte[0];

    /** The record's bytes; where they were compressed in {@link #buffer}, good until the next call. */
    ByteBuffer inflated(byte[] data) throws RejectedEventException {
        if (buffer.length > MOST_KEPT) {
            buffer = new byte[0];
        }
        if (data.length > 2 && data[0] == 0x1f && data[1] == (byte) 0x8b) {
            return gzip(data);
        }
        return isZlib(data) ? zlib(data) : ByteBuffer.wrap(data);
    }

    byte[] buffer() {
        return buffer;
    }

    @Override
    public void close() {
        if (raw != null) {
            raw.end();
            raw = null;
        }
        if (zlib != null) {
            zlib.end();
            zlib = null;
        }
    }

    private static boolean isZlib(byte[] data) {
        return data.length > 2
                && data[0] == 0x78
                && (data[1] == 0x01 || data[1] == 0x5e || data[1] == (byte) 0x9c || data[1] == (byte) 0xda);
    }

    private ByteBuffer zlib(byte[] data) throws RejectedEventException {
        if (zlib == null) {
            zlib = new Inflater();
        }
        try {
            zlib.reset();
            zlib.setInput(data);
            int length = inflate(zlib, 0);
            if (zlib.getRemaining() == 0) {
                return ByteBuffer.wrap(buffer, 0, length);
            }
            throw broken("zlib", zlib.getRemaining() + " bytes follow its end");
        } catch (DataFormatException | RejectedEventException e) {
            boolean printable = data[1] == 0x5e;
            if (printable && !isTooLarge(e)) {
                return ByteBuffer.wrap(data); // Also the text "x^", with which a line may well begin.
            }
            throw e instanceof RejectedEventException rejected ? rejected : broken("zlib", e.getMessage());
        }
    }

    private static boolean isTooLarge(Exception e) {
        return e instanceof RejectedEventException rejected
                && rejected.reason().equals(TextReason.INFLATED_TOO_LARGE.name());
    }

    private ByteBuffer gzip(byte[] data) throws RejectedEventException {
        if (raw == null) {
            raw = new Inflater(true);
        }
        int length = 0;
        int at = 0;
        try {
            while (at < data.length) {
                at = headerEnd(data, at);
                raw.reset();
                raw.setInput(data, at, data.length - at);
                int start = length;
                length = inflate(raw, start);
                at = data.length - raw.getRemaining();
                checkTrailer(data, at, start, length);
                at += GZIP_TRAILER;
            }
        } catch (DataFormatException e) {
            throw broken("gzip", e.getMessage());
        }
        return ByteBuffer.wrap(buffer, 0, length);
    }

    /** Where the member's deflated data begin. */
    private static int headerEnd(byte[] data, int start) throws RejectedEventException {
        boolean header = data.length - start >= GZIP_HEADER
                && data[start] == 0x1f
                && data[start + 1] == (byte) 0x8b
                && data[start + 2] == 8
                && (data[start + 3] & RESERVED) == 0;
        if (!header) {
            throw broken("gzip", "no header at offset " + start);
        }
        int flags = data[start + 3];
        int at = start + GZIP_HEADER;
        if ((flags & EXTRA) != 0 && at + 2 <= data.length) {
            at += 2 + (data[at] & 0xff) + ((data[at + 1] & 0xff) << 8);
        }
        at = (flags & NAME) != 0 ? afterZero(data, at) : at;
        at = (flags & COMMENT) != 0 ? afterZero(data, at) : at;
        at += (flags & HEADER_CRC) != 0 ? 2 : 0;
        if (at >= data.length) {
            throw broken("gzip", "it ends in its header");
        }
        return at;
    }

    private static int afterZero(byte[] data, int start) {
        int at = start;
        while (at < data.length && data[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private void checkTrailer(byte[] data, int at, int start, int end) throws RejectedEventException {
        if (data.length - at < GZIP_TRAILER) {
            throw broken("gzip", "it ends in its trailer");
        }
        crc.reset();
        crc.update(buffer, start, end - start);
        if (littleEndian(data, at) != (int) crc.getValue() || littleEndian(data, at + 4) != end - start) {
            throw broken("gzip", "its checksum or length is another than the data's");
        }
    }

    private static int littleEndian(byte[] data, int at) {
        return (data[at] & 0xff)
                | (data[at + 1] & 0xff) << 8
                | (data[at + 2] & 0xff) << 16
                | (data[at + 3] & 0xff) << 24;
    }

    /** Inflates to the buffer from {@code start} on and gives the end. */
    private int inflate(Inflater inflater, int start) throws DataFormatException, RejectedEventException {
        int length = start;
        while (!inflater.finished()) {
            if (length == buffer.length) {
                grow(length);
            }
            int more = inflater.inflate(buffer, length, buffer.length - length);
            length += more;
            if (more == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                throw new DataFormatException(inflater.needsInput() ? "it ends too early" : "it wants a dictionary");
            }
        }
        if (length > TextInput.MOST_INFLATED) {
            throw tooLarge();
        }
        return length;
    }

    private void grow(int length) throws RejectedEventException {
        if (length > TextInput.MOST_INFLATED) {
            throw tooLarge();
        }
        // One byte beyond the limit shows that there is more.
        buffer = Arrays.copyOf(buffer, Math.min(TextInput.MOST_INFLATED + 1, Math.max(8192, length * 2)));
    }

    private static RejectedEventException tooLarge() {
        return TextReason.INFLATED_TOO_LARGE.reject(
                "the record inflates to more than " + TextInput.MOST_INFLATED + " bytes");
    }

    private static RejectedEventException broken(String form, String problem) {
        return TextReason.BROKEN_COMPRESSION.reject("the record begins as " + form + " and is broken: " + problem);
    }
}
