package io.datamill.event;

import java.io.IOException;
import java.math.BigInteger;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Single values in state, each with a byte before it that says what it is, so that a field may get another type under a
 * savepoint and is never misread. The bytes are the layout: one that has been given is not given again.
 */
public final class PlainValues {
    private static final int NULL = 0;
    private static final int STRING = 1;
    private static final int INT = 2;
    private static final int LONG = 3;
    private static final int FLOAT = 4;
    private static final int DOUBLE = 5;
    private static final int FALSE = 6;
    private static final int TRUE = 7;
    private static final int INTEGER = 8;

    private PlainValues() {}

    /**
     * Writes a value.
     *
     * @param value null, a String, Integer, Long, Float, Double, Boolean or BigInteger
     */
    public static void write(Object value, DataOutputView out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String text) {
            out.writeByte(STRING);
            Text.write(text, out);
        } else if (value instanceof Integer number) {
            out.writeByte(INT);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else if (value instanceof Boolean bit) {
            out.writeByte(bit ? TRUE : FALSE);
        } else if (value instanceof Float number) {
            out.writeByte(FLOAT);
            out.writeFloat(number);
        } else if (value instanceof BigInteger number) {
            out.writeByte(INTEGER);
            byte[] bytes = number.toByteArray();
            out.writeInt(bytes.length);
            out.write(bytes);
        } else {
            throw new IOException("no layout for a " + value.getClass().getName());
        }
    }

    /** The value that was written. */
    public static Object read(DataInputView in) throws IOException {
        int type = in.readByte();
        return switch (type) {
            case NULL -> null;
            case STRING -> Text.read(in);
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case FALSE -> Boolean.FALSE;
            case TRUE -> Boolean.TRUE;
            case INTEGER -> {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                yield new BigInteger(bytes);
            }
            default -> throw new IOException("a value of kind " + type + ", which this release does not know");
        };
    }
}
