package io.datamill.sink.lake;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.LineageReader;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The lake: outcomes as Parquet files, one directory for each value of the partition's parts. Refuses no row.
 *
 * @param directory resolved when the pipeline is planned: it holds no secret
 */
public record S3(String id, String directory, ParquetFormat<Event> format, List<Partitions.Part<Event>> parts)
        implements PlannedSink {

    /**
     * Where the files go.
     *
     * @param path a directory of any file system that Flink knows
     * @param format {@code parquet}, which is the only one and may be left out
     * @param partition names of fields of the outcome, and {@code day} for the UTC day of the event time; none if left
     *     out
     */
    @VerbDoc(
            purpose = "Writes outcomes as Parquet files with zstd, committed with each checkpoint, in one directory for"
                    + " each value of the partition's parts.",
            signature = "an outcome → a row of all its fields and its lineage",
            errors = "Refuses no row; while the store does not answer, checkpoints fail and are tried again.",
            example = """
                    sink: { s3: { path: "s3://lake/edits", partition: [wiki, day] } }
                    fields: { page: string, wiki: string }
                    """)
    public record Config(
            @OptionDoc("A directory of any file system that Flink knows, such as `s3://lake/scored`.")
            Reference path,

            @OptionDoc(value = "`parquet`, which is the only one.", otherwise = "parquet")
            String format,

            @OptionDoc(
                    value = "Names of fields, and `day` for the UTC day of the event time.",
                    otherwise = "no directories")
            List<String> partition)
            implements SinkConfig {
        public Config {
            if (path == null) {
                throw new IllegalArgumentException("path is missing; give a directory such as s3://lake/scored");
            }
            if (format != null && !format.equals("parquet")) {
                throw new IllegalArgumentException("format is '" + format + "', expected parquet");
            }
            partition = partition == null ? List.of() : List.copyOf(partition);
        }

        @Override
        public PlannedSink plan(SinkPlanning planning) {
            List<Partitions.Part<Event>> parts = new ArrayList<>();
            for (int i = 0; i < partition.size(); i++) {
                parts.add(part("partition[" + i + "]", partition.get(i), planning));
            }
            boolean right = !parts.contains(null);
            for (Schema.Field field : planning.outcome().getFields()) {
                try {
                    ParquetFormat.requireStorable(field.schema());
                } catch (IllegalArgumentException e) {
                    planning.problem("", "field '" + field.name() + "': " + e.getMessage());
                    right = false;
                }
            }
            String directory = path.resolve();
            OutcomeView view = new OutcomeView(planning.pipeline(), planning.outcome());
            return right ? new S3(planning.id(), directory, new ParquetFormat<>(view.schema(), view), parts) : null;
        }

        private static Partitions.Part<Event> part(String option, String name, SinkPlanning planning) {
            if (name.equals("day")) {
                return Partitions.day(event -> event.header().time());
            }
            Schema.Field field = planning.outcome().getField(name);
            if (field == null) {
                List<String> names = new ArrayList<>(List.of("day"));
                planning.outcome().getFields().forEach(f -> names.add(f.name()));
                planning.problem(option, "no field '" + name + "'" + Suggestion.among(name, names));
                return null;
            }
            int position = field.pos();
            return new Partitions.Part<>(name, event -> {
                Object value = event.values()[position];
                return value == null ? null : value.toString();
            });
        }
    }

    @Override
    public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
        LakeSink.attach(outcomes, id, directory, format, partitions());
        return Optional.empty();
    }

    /** A file is never changed: what is there has to be looked up. */
    @Override
    public Optional<PlannedSink> again(LineageReader reader) {
        return Optional.of(outcomes -> attach(outcomes.filter(new NotYetThere(directory, format, partitions(), reader))
                .name("not yet there")
                .uid("new-" + id)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
    private Partitions<Event> partitions() {
        return new Partitions<>(parts.toArray(new Partitions.Part[0]));
    }
}
