package io.datamill.testing;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/** Outcomes of a small pipeline that has a field of each kind. */
public final class Outcomes {
    public static final PipelineVersion PIPELINE = new PipelineVersion("email-trust", "0123456789ab", 0);
    public static final UUID WRITER = UUID.fromString("6e1f4f5a-0000-4000-8000-000000000001");

    /** 2002-09-01T12:00:00.120Z. */
    public static final long TIME = 1030881600120L;

    private static final Schema REASON = SchemaBuilder.record("Reason")
            .fields()
            .requiredString("feature")
            .requiredDouble("contribution")
            .endRecord();
    private static final Schema TRUST = SchemaBuilder.record("Trust")
            .fields()
            .requiredDouble("score")
            .requiredString("model")
            .name("reasons")
            .type(Schema.createArray(REASON))
            .noDefault()
            .endRecord();
    public static final Schema SCHEMA = SchemaBuilder.record("Outcome")
            .fields()
            .requiredString("event_id")
            .name("received_at")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .optionalString("subject")
            .name("attachment_count")
            .type()
            .nullable()
            .intType()
            .noDefault()
            .requiredLong("size_bytes")
            .name("trust")
            .type(TRUST)
            .noDefault()
            .requiredString("verdict")
            .optionalString("sender_ip")
            .endRecord();

    private Outcomes() {}

    /** One of tenant acme. */
    public static Event of(String id, long arrival, String subject) {
        return with(id, arrival, subject, "pass", null);
    }

    /** Its verdict and IP may be what a store refuses. */
    public static Event with(String id, long arrival, String subject, String verdict, String ip) {
        GenericData.Record reason = new GenericData.Record(REASON);
        reason.put(0, "spf");
        reason.put(1, -0.25);
        GenericData.Record trust = new GenericData.Record(TRUST);
        trust.put(0, 0.75);
        trust.put(1, "m-1");
        trust.put(2, List.of(reason));
        Position position = new Position("stream", "shard-0", Long.toString(arrival), arrival);
        SourceRecord source = new SourceRecord(position, "k", new byte[] {9});
        Object[] values = {id, TIME, subject, null, 1234L, trust, verdict, ip};
        return new Event(new Header("acme", id, TIME, WRITER, source), "k", values);
    }
}
