package io.datamill.step.profile;

import io.datamill.event.Event;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/**
 * The value that a field had in the earliest event, this one included; or in the latest one before this. Of events of one
 * time the first that came is the earliest, and the last that came the latest. Of a text the first {@value #MOST}
 * characters are held. Null where no event had a value.
 *
 * <p>Held are the time and the value: a long, or of a text its bytes in UTF-8 and how many.
 *
 * @param schema the field's own; of the latest one nullable
 * @param type without null: a string, boolean, int, long, float or double
 * @param first the earliest and not the latest
 */
record ValueSeen(String name, int field, Schema schema, Schema.Type type, boolean first) implements Feature {
    static final int MOST = 64;

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        Object now = event.values()[field];
        long time = event.header().time();
        Object before = longs.size == 0 ? null : value(longs);
        if (now == null || (longs.size > 0 && (first ? time >= longs.values[0] : time < longs.values[0]))) {
            return before;
        }
        longs.size = 0;
        hold(longs, time, now);
        return first ? value(longs) : before;
    }

    private void hold(Longs longs, long time, Object value) {
        if (value instanceof String text) {
            byte[] bytes = cut(text).getBytes(StandardCharsets.UTF_8);
            longs.insert(0, 2 + (bytes.length + Long.BYTES - 1) / Long.BYTES);
            longs.values[1] = bytes.length;
            for (int i = 0; i < bytes.length; i++) {
                longs.values[2 + i / Long.BYTES] |= (bytes[i] & 0xFFL) << (Byte.SIZE * (i % Long.BYTES));
            }
        } else {
            longs.insert(0, 2);
            longs.values[1] = bits(value);
        }
        longs.values[0] = time;
    }

    /** Never half a pair of surrogates. */
    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST);
    }

    private static long bits(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof Double || value instanceof Float
                ? Double.doubleToRawLongBits(((Number) value).doubleValue())
                : ((Number) value).longValue();
    }

    private Object value(Longs longs) {
        long held = longs.values[1];
        return switch (type) {
            case STRING -> text(longs.values, (int) held);
            case BOOLEAN -> held == 1;
            case INT -> (int) held;
            case LONG -> held;
            case FLOAT -> (float) Double.longBitsToDouble(held);
            case DOUBLE -> Double.longBitsToDouble(held);
            default -> throw new IllegalStateException("planned for " + type);
        };
    }

    private static String text(long[] values, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (values[2 + i / Long.BYTES] >>> (Byte.SIZE * (i % Long.BYTES)));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
