package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;

/** A place in a part of an array, which nothing that is read may lead out of. Positions in messages start at 0. */
final class ByteCursor {
    private byte[] bytes = new byte[0];
    private int start;
    private int position;
    private int end;

    void reset(byte[] array, int offset, int length) {
        bytes = array;
        start = offset;
        position = offset;
        end = offset + length;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position - start;
    }

    int remaining() {
        return end - position;
    }

    /** Goes over some bytes and returns where in {@link #bytes()} they start. */
    int advance(int length) throws BadInput {
        if (length > remaining()) {
            throw tooLong(length);
        }
        int from = position;
        position += length;
        return from;
    }

    /** A length, of which as many bytes do follow. */
    int readLength() throws BadInput {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw tooLong(length);
        }
        return (int) length;
    }

    /** A number in Avro's variable-length zig-zag coding, at most 10 bytes. */
    long readLong() throws BadInput {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[advance(1)];
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new BadInput(Reason.MALFORMED, "number longer than 10 bytes, before byte " + position());
    }

    private BadInput tooLong(long length) {
        return new BadInput(
                Reason.TRUNCATED,
                "value of " + length + " bytes at byte " + position() + " of " + (end - start) + ", where "
                        + remaining() + " are left");
    }
}
