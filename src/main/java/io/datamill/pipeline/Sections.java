package io.datamill.pipeline;

import io.datamill.config.OptionDoc;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a pipeline's file has at its top, each read on its own so that a broken one hides no other. A file has the
 * sections of one input, {@code inputs}, or both.
 */
record Sections(
        @OptionDoc("The pipeline's name: 1 to 63 of a-z, 0-9 and '-', beginning with a letter.")
        Node pipeline,

        @OptionDoc(
                value = "A run of a higher generation, such as a backfill with a new model, replaces what a"
                        + " lower one has written; 0 to 524287.",
                otherwise = "0")
        Node generation,

        @OptionDoc(value = "The stream that is read.", otherwise = "none where there are inputs")
        Node source,

        @OptionDoc(value = "Turns a record into events.", otherwise = "none where there are inputs")
        Node adapter,

        @OptionDoc(
                value = "Which fields are the event's id, time and tenant.",
                otherwise = "none where there are inputs")
        Node event,

        @OptionDoc(
                value = "Streams by name, each with its own source, adapter, event and steps; those that no step takes"
                        + " are merged by field names, with the one of the sections source, adapter and event where there"
                        + " is one.",
                otherwise = "only that one")
        Node inputs,

        @OptionDoc(value = "What is done to each event, in this order.", otherwise = "nothing")
        Node steps,

        @OptionDoc(value = "Where the outcomes go.", otherwise = "none where there are branches")
        Node sinks,

        @OptionDoc(value = "Other streams made of the outcomes, by name.", otherwise = "none")
        Node branches,

        @OptionDoc("The stores of what cannot go on; what one refuses goes to those after it.")
        Node rejects,

        @OptionDoc("Where it is counted how many records of each tenant and minute had which fate.")
        Node ledger,

        @OptionDoc(
                value = "Where it is told what a person should look at, such as a model that was refused.",
                otherwise = "the log alone")
        Node alerts,

        @OptionDoc(
                value = "Where every record is kept as it was read, so that it can be replayed.",
                otherwise = "nowhere")
        Node raw) {

    /** What an input has. */
    record InputSections(
            @OptionDoc("The stream that is read.") Node source,
            @OptionDoc("Turns a record into events.") Node adapter,

            @OptionDoc("Which fields are the event's id, time and tenant.")
            Node event,

            @OptionDoc(
                    value = "What is done to this input's events before they are merged or joined.",
                    otherwise = "nothing")
            Node steps,

            @OptionDoc(
                    value =
                            "Where the events of an input that a step takes go as well; those of the others are among the"
                                    + " outcomes.",
                    otherwise = "nowhere else")
            Node sinks) {
        void reportMissing(String path, Extent extent, Problems problems) {
            Map<String, Node> required = new LinkedHashMap<>();
            if (!extent.trial()) {
                required.put("source", source);
            }
            required.put("adapter", adapter);
            required.put("event", event);
            missing(required, path, problems);
        }
    }

    /** What a branch has. */
    record BranchSections(
            @OptionDoc(
                    value = "An expression over the outcome: the branch gets those for which it is true.",
                    otherwise = "every outcome")
            String when,

            @OptionDoc(value = "What is done to each, in this order.", otherwise = "nothing")
            Node steps,

            @OptionDoc("Where the branch's outcomes go.") Node sinks) {}

    void reportMissing(Extent extent, Problems problems) {
        Map<String, Node> required = new LinkedHashMap<>();
        required.put("pipeline", pipeline);
        missing(required, "", problems);
        if (hasOwn()) {
            own().reportMissing("", extent, problems);
        }
        if (extent.trial()) {
            return;
        }
        required.clear();
        if (branches == null) {
            required.put("sinks", sinks);
        }
        required.put("rejects", rejects);
        required.put("ledger", ledger);
        missing(required, "", problems);
    }

    /** Whether the file has an input without a name: the only one, or the one that those of {@code inputs} stand beside. */
    boolean hasOwn() {
        return inputs == null || source != null || adapter != null || event != null;
    }

    /** The sections of that input. */
    InputSections own() {
        return new InputSections(source, adapter, event, null, null);
    }

    private static void missing(Map<String, Node> required, String path, Problems problems) {
        required.forEach((section, node) -> {
            if (node == null) {
                problems.add(Problems.below(path, section), "the section is missing");
            }
        });
    }
}
