package io.datamill.cli.training;

import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.score.Feature;
import io.datamill.step.score.FieldPath;
import io.datamill.step.score.training.FeatureTable;
import io.datamill.step.score.training.Labelled;
import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Reads events with their labels, and what features make of them. */
public final class Gathering {
    private final DataOptions options;
    private final String group;
    private final Events events;
    private final Labels labels;

    /**
     * Opens what the options name.
     *
     * @param pipeline what the input goes through; null: it holds events
     * @param group the field that is never split; null: there is none
     * @throws IllegalArgumentException for a mistake in the options or files that a person can mend
     */
    public Gathering(DataOptions options, ScoredPipeline pipeline, String group)
            throws IOException, InvalidPipelineException {
        this.options = options;
        this.group = group;
        this.events = pipeline == null ? files() : new PipelineEvents(pipeline.plan(), options.input);
        this.labels = options.labels.isEmpty()
                ? null
                : Labels.of(DataFile.below(options.labels), name(options.label), options.bad);
    }

    /** Whether any file can only be of events, never of a pipeline's records. */
    public static boolean areEvents(List<String> input) throws IOException {
        for (DataFile file : DataFile.below(input)) {
            if (file.kind() == DataFile.Kind.PARQUET) {
                return true;
            }
        }
        return false;
    }

    /** Of the events. */
    public Schema schema() {
        return events.schema();
    }

    /** The fields that say something of an event that no model may know when it scores it. */
    public Set<String> reserved() {
        Set<String> reserved = new HashSet<>(Set.of("lineage"));
        Stream.of(options.label, options.id, options.time, options.once, group)
                .filter(field -> field != null)
                .forEach(field -> reserved.add(name(field).split("[.\\[]", 2)[0]));
        return reserved;
    }

    /** @throws IllegalArgumentException if a field is not there, or a label cannot be read */
    public Gathered run(Map<String, Feature> features, Lineage.Split split) throws Exception {
        FeatureTable table = new FeatureTable(features, schema());
        Truth truth = labels == null ? truth() : null;
        FieldPath groupPath = group == null ? null : Values.plain(schema(), "--group", name(group));
        FieldPath oncePath = options.once == null ? null : Values.plain(schema(), "--once", name(options.once));
        List<Labelled> examples = new ArrayList<>();
        long[] unlabelled = new long[1];
        Events.Tally tally = events.forEach(event -> {
            Boolean bad = labels == null ? truth.of(event.values()) : labels.of(event);
            if (bad == null) {
                unlabelled[0]++;
                return;
            }
            examples.add(new Labelled(
                    once(event, oncePath),
                    groupPath == null ? null : String.valueOf(Values.text(groupPath, event.values())),
                    event.time(),
                    bad,
                    table.row(event.values()),
                    table.absent(event.values())));
        });
        Map<String, Long> leftOut = new LinkedHashMap<>();
        leftOut.put("unlabelled", unlabelled[0]);
        leftOut.putAll(tally.lost());
        return new Gathered(table.names(), examples, origin(tally, split), leftOut);
    }

    private Lineage.Origin origin(Events.Tally tally, Lineage.Split split) {
        return new Lineage.Origin(
                tally.files(),
                labels == null ? List.of() : labels.files(),
                new Lineage.Label(options.label, options.bad == null ? "true or 1" : options.bad),
                group == null ? "" : group,
                options.once == null ? "" : options.once,
                split);
    }

    private static String once(Seen event, FieldPath path) {
        if (path != null) {
            String value = Values.text(path, event.values());
            return value == null || value.isEmpty() ? null : value;
        }
        return event.id() == null ? null : event.tenant() + '/' + event.id();
    }

    private Truth truth() {
        try {
            return Truth.of(schema(), name(options.label), options.bad);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + (e.getMessage().contains("did you mean") ? "" : "; or give --labels PATH"), e);
        }
    }

    private Events files() throws IOException {
        Set<String> texts = new HashSet<>(Set.of("event_id", "tenant"));
        Stream.of(options.id, options.once, group)
                .filter(field -> field != null)
                .forEach(field -> texts.add(name(field)));
        return FileEvents.of(
                DataFile.below(options.input), new FileEvents.Asked(name(options.id), name(options.time), texts));
    }

    /** A field as CSV has it, whose header may be no name: a path stays as it is. */
    private static String name(String field) {
        return field == null || field.matches("[\\w.\\[\\]-]+") ? field : CsvColumn.field(field);
    }
}
