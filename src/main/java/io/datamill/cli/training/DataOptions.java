package io.datamill.cli.training;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what events there are and how they are labelled. */
public final class DataOptions {
    @Option(
            names = "--input",
            arity = "1..*",
            required = true,
            paramLabel = "PATH",
            description = "CSV, Avro or Parquet files of events, or directories of them, such as the lake's scored/;"
                    + " with a pipeline, files of the records that its source would give.")
    List<String> input = List.of();

    @Option(
            names = "--label",
            required = true,
            paramLabel = "FIELD",
            description = "The field that says which events should be stopped: true or 1, else false or 0.")
    String label = "";

    @Option(
            names = "--bad",
            paramLabel = "VALUE",
            description = "The value of the label that stands for what should be stopped; any other is good.")
    String bad;

    @Option(
            names = "--labels",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files with event_id, the label and maybe tenant, where the events themselves have no label."
                    + " The last label of an event counts.")
    List<String> labels = List.of();

    @Option(
            names = "--id",
            paramLabel = "FIELD",
            description = "The event's id. Default: the pipeline's, the lake's own, or event_id.")
    String id;

    @Option(
            names = "--time",
            paramLabel = "FIELD",
            description = "The event's time. Default: the pipeline's, the lake's own, or event_time.")
    String time;

    @Option(
            names = "--once",
            paramLabel = "FIELD",
            description = "Of events with the same value one is used, and none where they are labelled both ways:"
                    + " message_id, where a mail went to several people. Default: the event's id.")
    String once;

    @Option(
            names = "--pipeline",
            paramLabel = "FILE",
            description = "A pipeline whose adapter and steps, up to its score step, the input goes through.")
    Path pipeline;

    /** The file as it was given. */
    public Path pipeline() {
        return pipeline;
    }

    /** What was given. */
    public List<String> input() {
        return input;
    }
}
