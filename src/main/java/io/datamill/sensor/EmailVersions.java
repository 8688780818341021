package io.datamill.sensor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Brings an EmailMetadata record of the newest schema into the form that an older sensor would have sent. */
public final class EmailVersions {
    private EmailVersions() {}

    /**
     * Fields that the older schema lacks are left out, renamed ones go by their alias, null becomes an empty string or
     * 0 where null was not allowed, and a size over 2 GiB becomes the largest int.
     *
     * @throws IllegalArgumentException when {@code target} has a field that the record cannot give
     */
    public static GenericRecord as(GenericRecord newest, Schema target) {
        if (newest.getSchema().equals(target)) {
            return newest;
        }
        GenericRecord older = new GenericData.Record(target);
        for (Field field : target.getFields()) {
            older.put(
                    field.pos(),
                    fitted(newest.get(source(newest.getSchema(), field).pos()), field));
        }
        return older;
    }

    /** The same mail as if it had been received at {@code now}: all its times move by one offset, in place. */
    public static void receivedAt(GenericRecord newest, Instant now) {
        long offset = now.toEpochMilli() - (Long) newest.get("received_at");
        shift(newest, "received_at", offset);
        shift(newest, "sent_at", offset);
        List<Object> hops = new ArrayList<>((List<?>) newest.get("hops"));
        hops.forEach(hop -> shift((GenericRecord) hop, "at", offset));
    }

    private static void shift(GenericRecord record, String field, long offset) {
        Object at = record.get(field);
        if (at != null) {
            record.put(field, (Long) at + offset);
        }
    }

    private static Field source(Schema newest, Field wanted) {
        return newest.getFields().stream()
                .filter(field ->
                        field.name().equals(wanted.name()) || field.aliases().contains(wanted.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        newest.getFullName() + " has nothing for the field '" + wanted.name() + "'"));
    }

    private static Object fitted(Object value, Field field) {
        return switch (field.schema().getType()) {
            case STRING -> value == null ? "" : value;
            case INT -> value == null ? 0 : value instanceof Long large ? clamped(large) : value;
            default -> value;
        };
    }

    private static int clamped(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
