package io.datamill.cli.training;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which events were kept and how they are labelled. */
public final class RetainedOptions {
    @Option(
            names = "--input",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Events that were kept, such as the lake's scored/: Parquet, Avro or CSV files, or directories"
                            + " of them.")
    private List<String> input = List.of();

    @Option(
            names = "--label",
            paramLabel = "FIELD",
            description = "The field that says which events should be stopped: true or 1, else false or 0.")
    private String label;

    @Option(
            names = "--bad",
            paramLabel = "VALUE",
            description = "The value of the label that stands for what should be stopped; any other is good.")
    private String bad;

    @Option(
            names = "--labels",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files with event_id, the label and maybe tenant, such as the lake's analysts' labels, where"
                    + " the events themselves have no label.")
    private List<String> labels = List.of();

    /** Whether they name events and their label. */
    public boolean areGiven() {
        return !input.isEmpty() && label != null;
    }

    /**
     * The events with their labels.
     *
     * @throws IllegalArgumentException for a mistake in the options or files that a person can mend
     */
    public RetainedEvents open() throws IOException {
        return RetainedEvents.labelled(input, label, bad, labels);
    }
}
