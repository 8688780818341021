package io.datamill.step.adapter;

import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import java.io.Serializable;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.Schema;

/** What makes the fields of a record an event's header: the same before the shuffle and behind it. */
final class HeaderRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A tenant becomes part of S3 paths: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, not starting with a dot. */
    static final int LONGEST_TENANT = 64;

    /** With the tenant it becomes Elasticsearch's {@code _id}, which ends at 512 bytes. */
    static final int LONGEST_ID = 256;

    private static final int ABSENT = -1;

    private final int id;
    private final int time;
    private final int tenant;
    private final String onlyTenant;
    private final boolean arrivalForNull;
    private final long earliest;
    private final long ahead;

    /**
     * @param onlyTenant the tenant of all events where the configuration names no field
     * @param schema the record schema whose values will be given, which has the event's fields
     */
    HeaderRules(EventConfig event, String onlyTenant, Schema schema) {
        this.id = position(event.id(), schema);
        this.time = position(event.time(), schema);
        this.tenant = position(event.tenant(), schema);
        this.onlyTenant = onlyTenant;
        this.arrivalForNull = event.missingTime() == EventConfig.MissingTime.ARRIVAL;
        this.earliest = event.earliest();
        this.ahead = event.ahead().toMillis();
    }

    private static int position(String field, Schema schema) {
        return field == null ? ABSENT : schema.getField(field).pos();
    }

    /** Whether every event is as old as its record. */
    boolean isAsOldAsItsRecord() {
        return time == ABSENT;
    }

    String tenant(Object[] values) throws RejectedEventException {
        if (tenant == ABSENT) {
            return onlyTenant;
        }
        String value = (String) values[tenant];
        if (value == null || value.isBlank()) {
            throw reject(HeaderReason.NO_TENANT, "tenant is " + (value == null ? "null" : "blank"));
        }
        if (!isTenant(value)) {
            throw reject(
                    HeaderReason.BAD_TENANT,
                    "tenant is " + quoted(value) + ", expected 1 to " + LONGEST_TENANT
                            + " of A-Z a-z 0-9 . _ - and no dot in front");
        }
        return value;
    }

    String id(Object[] values, Position position) throws RejectedEventException {
        if (id == ABSENT) {
            return position.toString();
        }
        String value = (String) values[id];
        if (value == null || value.isBlank()) {
            throw reject(HeaderReason.NO_ID, "id is " + (value == null ? "null" : "blank"));
        }
        if (!isId(value)) {
            throw reject(
                    HeaderReason.BAD_ID,
                    "id is " + quoted(value) + ", expected 1 to " + LONGEST_ID
                            + " bytes of UTF-8 without control characters");
        }
        return value;
    }

    long time(Object[] values, long arrivalTime) throws RejectedEventException {
        Long value = time == ABSENT ? (Long) arrivalTime : (Long) values[time];
        if (value == null && arrivalForNull) {
            return arrivalTime;
        }
        if (value == null) {
            throw reject(HeaderReason.NO_TIME, "event time is null");
        }
        if (value < earliest || value > arrivalTime + ahead) {
            throw reject(
                    HeaderReason.TIME_OUT_OF_RANGE,
                    "event time is " + Instant.ofEpochMilli(value) + ", expected "
                            + Instant.ofEpochMilli(earliest) + " to " + Instant.ofEpochMilli(arrivalTime + ahead)
                            + "; the record arrived at " + Instant.ofEpochMilli(arrivalTime));
        }
        return value;
    }

    private static RejectedEventException reject(HeaderReason reason, String message) {
        return new RejectedEventException(reason.name(), message);
    }

    private static boolean isTenant(String value) {
        if (value.length() > LONGEST_TENANT || value.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '_'
                    || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(String value) {
        if (value.length() > LONGEST_ID) {
            return false;
        }
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                return false;
            }
            ascii &= c < 0x80;
        }
        return ascii || utf8Length(value) <= LONGEST_ID;
    }

    private static int utf8Length(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(value))
                    .remaining();
        } catch (CharacterCodingException e) {
            return Integer.MAX_VALUE; // An unpaired surrogate: two such ids would be one in the stores.
        }
    }

    /** As Java would write it, cut: what a sender chose goes into messages. */
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(value.length(), 80); i++) {
            char c = value.charAt(i);
            quoted.append(c >= 0x20 && c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append(value.length() > 80 ? "...' of " + value.length() + " characters" : "'")
                .toString();
    }
}
