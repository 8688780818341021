package io.datamill.cli.replay;

import com.google.common.hash.Hashing;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.postgres.ReplayedRejects.Mark;
import io.datamill.sink.postgres.ReplayedRejects.RejectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * A reject as its store has it.
 *
 * @param mark what came of it when it was run again; null: it is open, or nobody knows
 */
record StoredReject(Reject reject, Mark mark) {
    static final Comparator<StoredReject> NEWEST_FIRST = Comparator.comparing(StoredReject::time)
            .thenComparing(stored -> stored.reject.position().toString())
            .reversed();

    /** What an expression over rejects may ask for. */
    static final Schema SCHEMA = SchemaBuilder.record("Reject")
            .fields()
            .requiredString("tenant")
            .requiredString("event_id")
            .requiredString("stream")
            .requiredString("shard")
            .requiredString("sequence_number")
            .requiredInt("part")
            .name("arrival_time")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .requiredString("step")
            .requiredString("reason")
            .requiredString("message")
            .requiredString("pipeline")
            .requiredString("id")
            .endRecord();

    private static final int ID_LENGTH = 12;

    /** The path of a sink, or of a store of rejects. */
    private static final Pattern SINK =
            Pattern.compile("(?:(?:inputs|branches)\\.[^.]+\\.)?sinks\\[\\d+].*|rejects\\..*");

    private static final String CONDITION = ".when";

    /** Short, and each time the same. */
    String id() {
        String text = reject.position() + "/" + reject.cause().step() + '/' + reject.tenant();
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, ID_LENGTH);
    }

    RejectKey key() {
        return RejectKey.of(reject);
    }

    Instant time() {
        return Instant.ofEpochMilli(reject.position().arrivalTime());
    }

    /** Whether a sink refused it, so that its payload is what the store was given and not what the source had. */
    boolean isOfSink() {
        String step = reject.cause().step();
        return SINK.matcher(step).matches() && !step.endsWith(CONDITION);
    }

    /** By position of {@link #SCHEMA}. */
    Object[] values() {
        Position position = reject.position();
        Reject.Cause cause = reject.cause();
        return new Object[] {
            reject.tenant(),
            reject.id(),
            position.stream(),
            position.shard(),
            position.sequenceNumber(),
            position.part(),
            position.arrivalTime(),
            cause.step(),
            cause.reason(),
            cause.message(),
            cause.pipeline(),
            id()
        };
    }
}
