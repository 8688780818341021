package io.datamill.sink.lake;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/**
 * Directories in Hive's form, such as {@code org_id=acme/day=2026-01-31}: one for each value of the parts, in their
 * order. A value cannot leave its place: all but letters, digits, {@code - _ .} is written as %XX.
 */
final class Partitions<T> implements BucketAssigner<T, String> {
    private static final long serialVersionUID = 1L;
    private static final String NONE = "__HIVE_DEFAULT_PARTITION__";
    private static final int LONGEST = 128;
    private static final long DAY = 86_400_000;

    /** One part of the path. */
    record Part<T>(String name, Value<T> value) implements Serializable {}

    /** Null where the row has none. */
    interface Value<T> extends Function<T, String>, Serializable {}

    /** Milliseconds since the epoch. */
    interface Time<T> extends ToLongFunction<T>, Serializable {}

    private final Part<T>[] parts;

    @SafeVarargs
    @SuppressWarnings("varargs") // Copied at once.
    Partitions(Part<T>... parts) {
        this.parts = parts.clone();
    }

    /** The UTC day of a time. */
    static <T> Part<T> day(Time<T> time) {
        return new Part<>("day", new Day<>(time));
    }

    @Override
    public String getBucketId(T row, Context context) {
        StringBuilder path = new StringBuilder();
        for (Part<T> part : parts) {
            path.append(path.isEmpty() ? "" : "/").append(directory(part.name, part.value.apply(row)));
        }
        return path.toString();
    }

    /** A directory's name for one part. */
    static String directory(String name, String value) {
        StringBuilder directory = new StringBuilder(name).append('=');
        escape(value == null || value.isEmpty() ? NONE : value, directory);
        return directory.toString();
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }

    private static void escape(String value, StringBuilder path) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Math.min(bytes.length, LONGEST); i++) {
            int c = bytes[i] & 0xff;
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.';
            if (plain) {
                path.append((char) c);
            } else {
                path.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    /** Remembers the last day's text: events come nearly in order. */
    private static final class Day<T> implements Value<T> {
        private static final long serialVersionUID = 1L;

        private final Time<T> time;
        private long day = Long.MIN_VALUE;
        private String text;

        Day(Time<T> time) {
            this.time = time;
        }

        @Override
        public String apply(T row) {
            long of = Math.floorDiv(time.applyAsLong(row), DAY);
            if (of != day) {
                day = of;
                text = Instant.ofEpochMilli(of * DAY)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
            }
            return text;
        }
    }
}
