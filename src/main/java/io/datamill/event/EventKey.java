package io.datamill.event;

import com.google.common.hash.Hashing;
import org.apache.avro.Schema;

/**
 * Composes what the stream is partitioned by. No two different tuples give one key, null differs from the empty string,
 * and no tuple gives the key of a record's position.
 *
 * <p>After the tenant, which has no {@code |}, each value is {@code |} and its length, a colon and its text; {@code |-}
 * for null. A text of more than {@value #LONGEST} characters is {@code |#} and its SHA-256, since a key is kept with
 * every entry of keyed state and a sender chooses what it holds.
 */
public final class EventKey {
    private static final int LONGEST = 256;
    private static final char POSITION = '#';

    private EventKey() {}

    /**
     * @param tenant without {@code |}, not starting with {@code #}
     * @param values strings, numbers or booleans, or null
     */
    public static String of(String tenant, Object... values) {
        StringBuilder key = new StringBuilder(tenant.length() + 32).append(tenant);
        for (Object value : values) {
            append(key.append('|'), value);
        }
        return key.toString();
    }

    /** For a record that cannot be read: spread evenly, and like no other key. */
    public static String ofPosition(Position position) {
        return POSITION + position.toString();
    }

    public static boolean isPosition(String key) {
        return !key.isEmpty() && key.charAt(0) == POSITION;
    }

    /** Whether values of this schema can be part of a key: strings, enums, integers, booleans, each also nullable. */
    public static boolean canHold(Schema schema) {
        return switch (schema.getType()) {
            case STRING, ENUM, INT, LONG, BOOLEAN, NULL -> true;
            // Of two branches with values, 1 and "1" would be one key.
            case UNION ->
                schema.isNullable()
                        && schema.getTypes().size() == 2
                        && schema.getTypes().stream().allMatch(EventKey::canHold);
            default -> false;
        };
    }

    private static void append(StringBuilder key, Object value) {
        if (value == null) {
            key.append('-');
            return;
        }
        String text = value.toString();
        if (text.length() > LONGEST) {
            key.append('#').append(Hashing.sha256().hashUnencodedChars(text));
        } else {
            key.append(text.length()).append(':').append(text);
        }
    }
}
