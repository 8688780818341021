package io.datamill.sink.lake;

import io.datamill.config.OptionDoc;
import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.RejectConfig;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Rejects as Parquet files with all their bytes, by tenant and day of arrival.
 *
 * @param path a directory of any file system that Flink knows
 */
@VerbDoc(
        purpose = "Writes rejects as Parquet files with all their bytes, by tenant and day of arrival.",
        signature = "a reject → a row",
        errors = "Refuses no row.",
        example = """
                rejects: { s3: { path: "s3://lake/rejects" } }
                """)
public record RejectFiles(
        @OptionDoc("A directory of any file system that Flink knows, such as `s3://lake/rejects`.")
        Reference path) implements RejectConfig {
    private static final String UNKNOWN_TENANT = "unknown";

    /** What a row has. */
    public static final Schema SCHEMA = SchemaBuilder.record("Reject")
            .namespace("io.datamill")
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
            .requiredBytes("payload")
            .endRecord();

    public RejectFiles {
        if (path == null) {
            throw new IllegalArgumentException("path is missing; give a directory such as s3://lake/rejects");
        }
    }

    @Override
    public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
        Partitions<Reject> partitions = new Partitions<>(
                new Partitions.Part<>("tenant", reject -> reject.tenant().isEmpty() ? UNKNOWN_TENANT : reject.tenant()),
                Partitions.day(reject -> reject.position().arrivalTime()));
        LakeSink.attach(rejects, id, path.resolve(), new ParquetFormat<>(SCHEMA, RejectFiles::record), partitions);
        return Optional.empty();
    }

    /**
     * The reject of a row.
     *
     * @param row of {@link #SCHEMA}, with or without the payload, which is empty then
     */
    public static Reject reject(GenericRecord row) {
        Position position = new Position(
                text(row, "stream"),
                text(row, "shard"),
                text(row, "sequence_number"),
                (Long) row.get("arrival_time"),
                (Integer) row.get("part"));
        Reject.Cause cause =
                new Reject.Cause(text(row, "step"), text(row, "reason"), text(row, "message"), text(row, "pipeline"));
        ByteBuffer payload =
                row.hasField("payload") ? ((ByteBuffer) row.get("payload")).duplicate() : ByteBuffer.allocate(0);
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new Reject(text(row, "tenant"), text(row, "event_id"), position, cause, bytes);
    }

    private static String text(GenericRecord row, String column) {
        return row.get(column).toString();
    }

    private static IndexedRecord record(Reject reject) {
        GenericData.Record record = new GenericData.Record(SCHEMA);
        record.put(0, reject.tenant());
        record.put(1, reject.id());
        record.put(2, reject.position().stream());
        record.put(3, reject.position().shard());
        record.put(4, reject.position().sequenceNumber());
        record.put(5, reject.position().part());
        record.put(6, reject.position().arrivalTime());
        record.put(7, reject.cause().step());
        record.put(8, reject.cause().reason());
        record.put(9, reject.cause().message());
        record.put(10, reject.cause().pipeline());
        record.put(11, ByteBuffer.wrap(reject.payload()));
        return record;
    }
}
