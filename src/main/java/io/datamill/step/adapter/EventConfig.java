package io.datamill.step.adapter;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.step.FieldTypes;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The {@code event:} section: which fields are the event's id, time and tenant, and which times are believed.
 *
 * @param id a string, unique within the tenant; if absent, the event's position in the stream is its id
 * @param time a timestamp; if absent, the record's arrival time
 * @param missingTime what becomes of an event whose time is null; reject if absent
 * @param tenant a string; if absent, the pipeline's name is the tenant of all events
 * @param lateAfter how far the watermark stays behind the latest event; 10 minutes if absent, at most 1 day
 * @param notBefore the first day an event may be of, UTC; 1990-01-01 if absent, not before 1970
 * @param ahead how far an event's time may be after its arrival, for clocks that go wrong; 1 day if absent, at most 30
 */
@VerbDoc(
        purpose = "Says which fields are the event's id, time and tenant, and which times are believed.",
        signature = "string id, timestamp time, string tenant",
        errors =
                "NO_ID, NO_TIME, NO_TENANT: it is null or blank. BAD_ID: longer than 256 bytes, or with control characters."
                        + " BAD_TENANT: it cannot be part of a path. TIME_OUT_OF_RANGE: before not-before, or after arrival by more"
                        + " than ahead. RECORD_TOO_LARGE: more bytes than a pipeline takes.",
        example = """
                event: { id: edit, time: at, tenant: wiki, late-after: 5m }
                fields: { edit: string, at: timestamp, wiki: string }
                """)
public record EventConfig(
        @OptionDoc(
                value = "A string field, unique within the tenant.",
                otherwise = "the record's position in the stream is the id")
        String id,

        @OptionDoc(value = "A timestamp field.", otherwise = "the record's arrival time")
        String time,

        @OptionDoc(
                value = "What becomes of an event whose time is null: it is rejected, or as old as its record.",
                otherwise = "reject")
        MissingTime missingTime,

        @OptionDoc(value = "A string field.", otherwise = "the pipeline's name is the tenant of all")
        String tenant,

        @OptionDoc(
                value = "How far the watermark stays behind the latest event; a record of several is as old as its"
                        + " oldest. Up to 1d.",
                otherwise = "10m")
        Duration lateAfter,

        @OptionDoc(value = "The first day an event may be of, UTC; not before 1970.", otherwise = "1990-01-01")
        LocalDate notBefore,

        @OptionDoc(value = "How far an event's time may be after its arrival; up to 30d.", otherwise = "1d")
        Duration ahead)
        implements Serializable {
    private static final Duration LATEST = Duration.ofDays(1);
    private static final Duration FARTHEST = Duration.ofDays(30);

    public EventConfig {
        missingTime = missingTime == null ? MissingTime.REJECT : missingTime;
        lateAfter = lateAfter == null ? Duration.ofMinutes(10) : lateAfter;
        notBefore = notBefore == null ? LocalDate.of(1990, 1, 1) : notBefore;
        ahead = ahead == null ? Duration.ofDays(1) : ahead;
        requireBetween("late-after", lateAfter, LATEST);
        requireBetween("ahead", ahead, FARTHEST);
        if (notBefore.getYear() < 1970) {
            throw new IllegalArgumentException("not-before is " + notBefore + ", expected a day since 1970-01-01");
        }
    }

    /** What becomes of an event whose time is null. */
    public enum MissingTime {
        REJECT,
        /** It is as old as its record. */
        ARRIVAL
    }

    /** The fields that every event is asked for. */
    public Set<String> fields() {
        return Stream.of(id, time, tenant).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks that the adapter's schema has the fields, with their types.
     *
     * @param problems takes the option's name and the message
     */
    public void check(Schema schema, BiConsumer<String, String> problems) {
        check("id", id, false, schema, problems);
        check("time", time, true, schema, problems);
        check("tenant", tenant, false, schema, problems);
    }

    /** The earliest event time that is believed, milliseconds since the epoch. */
    long earliest() {
        return notBefore.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static void check(
            String option, String name, boolean isTime, Schema schema, BiConsumer<String, String> problems) {
        if (name == null) {
            return;
        }
        Schema.Field field = schema.getField(name);
        if (field == null) {
            var names = schema.getFields().stream().map(Schema.Field::name).toList();
            problems.accept(option, "no field '" + name + "'" + Suggestion.among(name, names));
        } else if (isTime ? !FieldTypes.isTimestamp(field.schema()) : !FieldTypes.isString(field.schema())) {
            problems.accept(
                    option,
                    "field '" + name + "' is " + FieldTypes.describe(field.schema()) + ", expected a "
                            + (isTime ? "timestamp" : "string"));
        }
    }

    private static void requireBetween(String option, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    option + " is " + Durations.text(value) + ", expected 0s to " + Durations.text(most));
        }
    }
}
