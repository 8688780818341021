package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding over a part of an array, for bytes that nobody vouches for. Avro's own BinaryDecoder (1.11.4)
 * allocates what a length states before it looks whether so much is there: five bytes ask for 2 GB. Here no length may
 * go beyond the end, and arrays and maps hold no more items in all than there are bytes, nor than {@link #MAX_ITEMS};
 * so items of no size (null) are bounded too.
 */
final class BoundedDecoder extends Decoder {
    /** Items of all arrays and maps of one record, together. */
    static final int MAX_ITEMS = 100_000;

    private final ByteCursor in = new ByteCursor();
    private long itemsLeft;

    void reset(byte[] array, int offset, int length) {
        in.reset(array, offset, length);
        itemsLeft = Math.min(length, MAX_ITEMS);
    }

    int remaining() {
        return in.remaining();
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        int value = in.bytes()[in.advance(1)];
        if ((value & ~1) != 0) {
            throw new BadInput(Reason.MALFORMED, "boolean is " + value + " at byte " + (in.position() - 1));
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new BadInput(Reason.MALFORMED, value + " is no int, before byte " + in.position());
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return ByteBuffer.wrap(in.bytes(), in.advance(4), 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return ByteBuffer.wrap(in.bytes(), in.advance(8), 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = in.readLength();
        int from = in.advance(length);
        String read = new String(in.bytes(), from, length, StandardCharsets.UTF_8);
        if (read.indexOf('\ufffd') >= 0) { // a constant's time where all characters are below U+0100
            requireUtf8(from, length);
        }
        return read;
    }

    /** A replacement character may well have been written; that of malformed bytes would be a silent loss. */
    private void requireUtf8(int from, int length) throws BadInput {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.bytes(), from, length));
        } catch (CharacterCodingException e) {
            throw new BadInput(Reason.MALFORMED, "string of " + length + " bytes, before byte " + in.position()
                    + ", is no UTF-8: " + e.getMessage());
        }
    }

    @Override
    public void skipString() throws IOException {
        in.advance(in.readLength());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = in.readLength();
        ByteBuffer copy = ByteBuffer.allocate(length);
        copy.put(in.bytes(), in.advance(length), length).flip();
        return copy;
    }

    @Override
    public void skipBytes() throws IOException {
        skipString();
    }

    @Override
    public void readFixed(byte[] into, int offset, int length) throws IOException {
        System.arraycopy(in.bytes(), in.advance(length), into, offset, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.advance(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong(); // the block's size in bytes; only skipping makes use of it
            count = -count;
        }
        return items(count);
    }

    @Override
    public long arrayNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipArray() throws IOException {
        long count = readLong();
        while (count < 0) {
            in.advance(in.readLength());
            count = readLong();
        }
        return items(count);
    }

    @Override
    public long readMapStart() throws IOException {
        return readArrayStart();
    }

    @Override
    public long mapNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipMap() throws IOException {
        return skipArray();
    }

    private long items(long count) throws IOException {
        if (count < 0 || count > remaining()) {
            throw new BadInput(
                    Reason.TRUNCATED, "block of " + count + " items, where " + remaining() + " bytes are left");
        }
        if (count > itemsLeft) {
            throw new BadInput(Reason.TOO_LARGE, "more than " + MAX_ITEMS + " items, or more than bytes");
        }
        itemsLeft -= count;
        return count;
    }
}
