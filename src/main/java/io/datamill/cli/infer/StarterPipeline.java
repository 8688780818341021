package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Part;
import java.util.Locale;
import java.util.Optional;

/** A pipeline to begin with: its adapter reads the sample, and it does nothing yet. */
final class StarterPipeline {
    private StarterPipeline() {}

    /** @param sample the path of a file of it */
    static String of(String name, String sample, Inference inference) {
        return "# Try it: datamill try FILE --input " + sample + "\n"
                + "pipeline: " + name + "\n"
                + "source: { kinesis: { stream: " + name + ", start: trim-horizon } }\n"
                + "adapter:\n" + adapter(name, inference)
                + "event: {" + time(inference.guess()) + " }\n"
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

    /** The first timestamp that is always there. */
    private static String time(Guess record) {
        Optional<Part> time = record.parts().stream()
                .filter(part -> part.guess().type().startsWith("timestamp") && !part.guess().nullable())
                .findFirst();
        return time.map(part -> " time: " + part.name()).orElse("");
    }
}
