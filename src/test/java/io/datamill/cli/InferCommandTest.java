package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.schema.SharedData;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsASchemaAndWhatItRestsOn() throws Exception {
        Path sample = folder.resolve("Web Events.json");
        Files.writeString(sample, "{\"at\": \"2026-01-31T12:00:00Z\", \"n\": null}\n7\n");

        assertThat(run("infer", sample.toString())).isZero();
        assertThat(new Schema.Parser().parse(out.toString()).getName()).isEqualTo("web_events");
        assertThat(err.toString().lines())
                .contains("at     timestamp    0%   100%", "1 records of JSON, and 1 values that are no objects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wikimedia-recentchange/recentchange_100.ndjson",
                "elastic-examples-logs/nginxplus_json.log",
                "f1-races/races_f1db.csv",
                "spambase/spambase-train.csv"
            })
    void leadsFromAFileToAPipelineThatTakesAllOfIt(String shared) throws Exception {
        Path sample = SharedData.find(shared);
        assertThat(run("infer", "--pipeline", sample.toString())).isZero();
        Path pipeline = folder.resolve("p.yaml");
        Files.writeString(pipeline, out.toString());
        err.getBuffer().setLength(0);

        assertThat(run("try", pipeline.toString(), "--input", sample.toString())).as(err.toString()).isZero();
        assertThat(err.toString()).contains("\"rejected\":0").doesNotContain("\"out\":0");
    }

    @Test
    void answersAUsersMistakeWithOneLine() throws Exception {
        assertThat(run("infer", folder.resolve("none.json").toString())).isEqualTo(1);
        assertThat(run("infer", folder.toString())).isEqualTo(1);
        Files.writeString(folder.resolve("x.json"), "{");
        assertThat(run("infer", folder.toString())).isEqualTo(1);
        assertThat(run("infer", "--format", "xml", folder.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).endsWith("a directory without files"))
                .anySatisfy(line -> assertThat(line).contains("x.json:1:", "not JSON"))
                .anySatisfy(line -> assertThat(line).contains("expected json, csv, tsv or avro, but read 'xml'"));
    }

    private int run(String... args) {
        return Datamill.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
