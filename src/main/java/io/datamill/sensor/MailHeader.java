package io.datamill.sensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;

/** The header fields of one mail by name, in the order in which they stand. */
final class MailHeader {
    private static final int MAX_FIELDS = 5_000;
    private static final int MAX_VALUE = 256 << 10;

    private final Map<String, List<String>> values = new HashMap<>();
    private int count;

    /** Keeps a field, up to 5,000 fields and 256 KiB of each: a huge header must not hide the fields behind it. */
    void add(Field field) {
        if (count++ < MAX_FIELDS) {
            String name = field.getName().strip().toLowerCase(Locale.ROOT);
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(unfolded(field));
        }
    }

    /** All values of a name (lower case), unfolded, one char per byte. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The top-most value, or null. */
    String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.get(0);
    }

    private static String unfolded(Field field) {
        ByteSequence raw = field.getRaw();
        if (raw == null) {
            return field.getBody();
        }
        int start = 0;
        while (start < raw.length() && raw.byteAt(start) != ':') {
            start++;
        }
        StringBuilder text = new StringBuilder(Math.min(raw.length(), MAX_VALUE));
        for (int i = start + 1; i < raw.length() && text.length() < MAX_VALUE; i++) {
            char c = (char) (raw.byteAt(i) & 0xff);
            if (c != '\r' && c != '\n') {
                text.append(c);
            }
        }
        return text.toString().strip();
    }
}
