package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Part;
import java.util.List;
import java.util.Locale;

/** A pipeline to begin with: its adapter reads the sample, and it does nothing yet. */
final class StarterPipeline {
    private StarterPipeline() {}

    /** @param sample the path of a file of it */
    static String of(String name, String sample, Inference inference) {
        return "# Try it: datamill try FILE --input " + sample + "\n"
                + "pipeline: " + name + "\n"
                + "source:\n"
                + "  kinesis:\n"
                + "    stream: " + name + "\n"
                + "    start: trim-horizon\n"
                + "    region: \"${env:AWS_REGION:-us-east-1}\"\n"
                + "    endpoint: \"${env:KINESIS_ENDPOINT:-}\" # empty: AWS's own\n"
                + "adapter:\n" + adapter(name, inference)
                + "# An id, where a field has one, makes copies known: see datamill steps event.\n"
                + "event: " + time(inference.guess()) + "\n"
                + "# steps: # datamill steps tells what there is\n"
                + "#   - filter: \"...\"\n"
                + "sinks:\n"
                + "  - s3: { path: \"${env:LAKE:-s3://lake}/" + name + "\" }\n"
                + "rejects: { s3: { path: \"${env:LAKE:-s3://lake}/rejects\" } }\n"
                + "ledger: { url: \"${env:PG_URL}\" }\n";
    }

    private static String adapter(String name, Inference inference) {
        if (inference.format() == Format.AVRO) {
            return "  # The schema: datamill infer SAMPLE > " + name + ".avsc\n"
                    + "  avro: { framing: container, file: " + name + ".avsc }\n";
        }
        return "  " + inference.format().name().toLowerCase(Locale.ROOT) + ":\n" + inference.options("    ");
    }

    /** The first timestamp that is always there, and rather one that is not the same in all records. */
    private static String time(Guess record) {
        List<Part> times = record.parts().stream()
                .filter(part -> part.guess().type().startsWith("timestamp")
                        && !part.guess().nullable())
                .toList();
        return times.stream()
                .filter(part -> !part.guess().evidence().isConstant())
                .findFirst()
                .or(() -> times.stream().findFirst())
                .map(part -> "{ time: " + part.name() + " }")
                .orElse("{} # no field is always a time: events are as old as their records");
    }
}
