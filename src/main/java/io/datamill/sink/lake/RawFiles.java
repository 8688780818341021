package io.datamill.sink.lake;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The {@code raw:} section: every record as the source has given it, so that it can be replayed.
 *
 * @param path a directory of any file system that Flink knows
 * @param keep how long records are kept, by the day of their arrival; null: for ever
 */
@VerbDoc(
        purpose = "Keeps every record of every input as Parquet with zstd, as it was read, by stream and UTC day of"
                + " arrival: `datamill replay` runs them again.",
        signature = "a record → a row of stream, shard, sequence_number, arrival_time, partition_key and data",
        errors = "Refuses no row; while the store does not answer, checkpoints fail and are tried again. A day that"
                + " cannot be deleted is a warning and counted, and tried again an hour later.",
        example = """
                raw: { path: "s3://lake/raw", keep: 30d }
                """)
public record RawFiles(
        @OptionDoc("A directory of any file system that Flink knows, such as `s3://lake/raw`. Pipelines may share it.")
        Reference path,

        @OptionDoc(
                value = "How long records are kept after the day they arrived on, 1d to 3650d: the job deletes the"
                        + " days that are older, of its own streams.",
                otherwise = "for ever")
        Duration keep) {
    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration MOST = Duration.ofDays(3650);

    /** What a row has. */
    public static final Schema SCHEMA = SchemaBuilder.record("RawRecord")
            .namespace("io.datamill")
            .fields()
            .requiredString("stream")
            .requiredString("shard")
            .requiredString("sequence_number")
            .name("arrival_time")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .requiredString("partition_key")
            .requiredBytes("data")
            .endRecord();

    public RawFiles {
        if (path == null) {
            throw new IllegalArgumentException("path is missing; give a directory such as s3://lake/raw");
        }
        keep = Durations.within("keep", keep, null, LEAST, MOST);
    }

    /**
     * Writes an input's records.
     *
     * @param id uid and name of the operator that writes
     */
    public void attach(DataStream<KeyedRecord> records, String id) {
        Partitions<KeyedRecord> partitions = new Partitions<>(
                new Partitions.Part<>("stream", record -> record.record().position().stream()),
                Partitions.day(record -> record.record().position().arrivalTime()));
        LakeSink.attach(records, id, path.resolve(), new ParquetFormat<>(SCHEMA, RawFiles::row), partitions);
    }

    /** Adds what deletes the days of these streams that need not be kept; nothing where all are kept. */
    public void attachRetention(StreamExecutionEnvironment env, List<String> streams) {
        if (keep != null) {
            List<String> directories = streams.stream()
                    .distinct()
                    .map(stream -> directory(stream).toString())
                    .toList();
            RawRetention.attach(env, directories, keep);
        }
    }

    /** Where a stream's days are. */
    public Path directory(String stream) {
        return new Path(path.resolve(), Partitions.directory("stream", stream));
    }

    /** Where the records of a stream that arrived on one day are. */
    public Path directory(String stream, LocalDate day) {
        return new Path(directory(stream), Partitions.directory("day", day.toString()));
    }

    /** The record of a row. */
    public static SourceRecord record(GenericRecord row) {
        ByteBuffer data = (ByteBuffer) row.get("data");
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        Position position = new Position(
                row.get("stream").toString(),
                row.get("shard").toString(),
                row.get("sequence_number").toString(),
                (Long) row.get("arrival_time"));
        return new SourceRecord(position, row.get("partition_key").toString(), bytes);
    }

    private static IndexedRecord row(KeyedRecord keyed) {
        SourceRecord record = keyed.record();
        GenericData.Record row = new GenericData.Record(SCHEMA);
        row.put(0, record.position().stream());
        row.put(1, record.position().shard());
        row.put(2, record.position().sequenceNumber());
        row.put(3, record.position().arrivalTime());
        row.put(4, record.partitionKey() == null ? "" : record.partitionKey());
        row.put(5, ByteBuffer.wrap(record.data()));
        return row;
    }
}
