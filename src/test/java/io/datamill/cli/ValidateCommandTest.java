package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.TestCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {
    private static final String VALID = """
            pipeline: small
            source: { kinesis: { stream: mails, start: latest } }
            adapter: { avro: { registry: schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id }
            steps: [ { filter: "size_bytes > 1" } ]
            sinks: [ { kinesis: { stream: verdicts } } ]
            rejects: { s3: { path: rejects } }
            ledger: { url: u }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysThatAPipelineIsValid() throws Exception {
        assertThat(validate(VALID)).isZero();
        assertThat(out.toString()).matches(".*p\\.yaml: pipeline small@[0-9a-f]{12} is valid: 1 step, 1 sink\\R");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsEachMistakeWithItsPlace() throws Exception {
        assertThat(validate(VALID.replace("size_bytes", "size").replace("latest", "now")))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        file() + ":2:44: source.kinesis.start: expected one of trim-horizon, latest, but read 'now'",
                        file() + ":5:20: steps[0].filter: column 1: no field 'size'; did you mean 'size_bytes'?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void asksForAFileThatIsThere() {
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains(file() + ": no such file; give the path of a pipeline's YAML file");
    }

    private int validate(String yaml) throws IOException {
        Files.writeString(file(), yaml);
        return run();
    }

    private int run() {
        return new CommandLine(new ValidateCommand(TestCatalog.CATALOG))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(file().toString());
    }

    private Path file() {
        return folder.resolve("p.yaml");
    }
}
