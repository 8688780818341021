package io.datamill.cli.cases;

import io.datamill.config.OptionDoc;
import java.time.Instant;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** One case, as it is written: what goes in, and what has to come out. */
record Case(
        @OptionDoc(value = "What it shows.", otherwise = "its number")
        String name,

        @OptionDoc(value = "The one step under test, with `fields` before it.", otherwise = "the file's pipeline")
        Node step,

        @OptionDoc(value = "The adapter under test.", otherwise = "json with the `fields`")
        Node adapter,

        @OptionDoc(value = "An event section, for a step that needs one.", otherwise = "only what `time` and `id` say")
        Node event,

        @OptionDoc(value = "The fields of the input, with their types.", otherwise = "the adapter's")
        Node fields,

        @OptionDoc(value = "The field with the event time.", otherwise = "the arrival time")
        String time,

        @OptionDoc(value = "The field with the event's id.", otherwise = "the record's number")
        String id,

        @OptionDoc(
                value = "Several inputs by name, for a step that takes another; each has `fields`, `time`, `id`.",
                otherwise = "one")
        Map<String, Input> inputs,

        @OptionDoc(value = "A sink, which is only planned for the `fields`.", otherwise = "none")
        Node sink,

        @OptionDoc(value = "A source, which is only planned.", otherwise = "none")
        Node source,

        @OptionDoc(value = "A ledger, which is only planned.", otherwise = "none")
        Node ledger,

        @OptionDoc(value = "Where alerts go, which is only planned.", otherwise = "none")
        Node alerts,

        @OptionDoc(value = "A raw lake, which is only planned.", otherwise = "none")
        Node raw,

        @OptionDoc(value = "More files, as those of the whole file.", otherwise = "none")
        Map<String, String> files,

        @OptionDoc(
                value = "Records: a mapping is a line of JSON, a text a record as it is, `base64:` bytes; one or"
                        + " a list, by name where there are several inputs.",
                otherwise = "input-file")
        Node input,

        @OptionDoc(value = "A file of records, .gz too, from the directory of this file.", otherwise = "input")
        Node inputFile,

        @OptionDoc(value = "When the records of `input` arrived.", otherwise = "2026-03-01T12:00:00Z")
        Instant arrival,

        @OptionDoc(
                value = "The outcomes: one or a list, as many as there are; of each the fields that are named.",
                otherwise = "not compared; none where `reject` is given")
        Node output,

        @OptionDoc(value = "The outcomes are this branch's.", otherwise = "the pipeline's own")
        String branch,

        @OptionDoc(value = "The reason code of the only reject.", otherwise = "rejects")
        String reject,

        @OptionDoc(
                value = "The rejects, by `reason`, `step`, and a part of the `message`.",
                otherwise = "none where there is an output")
        Node rejects,

        @OptionDoc(
                value = "How many events were in, out, filtered, duplicate, rejected, late, absorbed; those named.",
                otherwise = "not compared")
        Map<String, Long> summary,

        @OptionDoc(value = "Whether outcomes have the named fields and no others.", otherwise = "false")
        Boolean exact,

        @OptionDoc(value = "Whether outcomes come in this order.", otherwise = "false")
        Boolean ordered) {
    /** One of several inputs, each of JSON. */
    record Input(
            @OptionDoc("Its fields, with their types.") Node fields,

            @OptionDoc(value = "The field with the event time.", otherwise = "the arrival time")
            String time,

            @OptionDoc(value = "The field with the event's id.", otherwise = "the record's number")
            String id) {
        Input {
            if (fields == null) {
                throw new IllegalArgumentException("fields is missing; give the input's fields and their types");
            }
        }
    }

    private static final Instant ARRIVAL = Instant.parse("2026-03-01T12:00:00Z");

    Case {
        files = files == null ? Map.of() : files;
        arrival = arrival == null ? ARRIVAL : arrival;
        summary = summary == null ? Map.of() : summary;
        branch = branch == null ? "" : branch;
        ordered = ordered != null && ordered;
        if (input != null && inputFile != null) {
            throw new IllegalArgumentException("input-file stands beside input; one of them is enough");
        }
        if (reject != null && rejects != null) {
            throw new IllegalArgumentException("reject stands beside rejects; one of them is enough");
        }
    }

    /** The same, whose outcomes have no fields that are not named, unless it says otherwise itself. */
    Case exactly() {
        return new Case(
                name,
                step,
                adapter,
                event,
                fields,
                time,
                id,
                inputs,
                sink,
                source,
                ledger,
                alerts,
                raw,
                files,
                input,
                inputFile,
                arrival,
                output,
                branch,
                reject,
                rejects,
                summary,
                exact == null || exact,
                ordered);
    }

    /** Whether nothing runs: a sink or its like is only planned. */
    boolean isPlanOnly() {
        return input == null && inputFile == null;
    }
}
