package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import io.datamill.testing.Mails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way through a pipeline's own steps, on a real Flink of this process. */
class TrainThroughPipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START = 1_700_000_000_000L;
    private static final String PIPELINE = """
            pipeline: small
            adapter: { avro: { registry: kinesis-fixtures/email-metadata/schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id }
            steps:
              - filter: "from_domain != 'dropped.example'"
              - deduplicate: { id: once, within: 24h }
              - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
              - standard-scale: { fields: [url_count], fitted: "FOLDER/fitted/scale.json" }
              - score: { model: "${env:NO_SUCH_MODEL}", as: trust }
              - decide: { quarantine: "trust.score < 0.1" }
            """;

    private static final String FEATURES = """
            {"seen": {"kind": "number", "field": "seen", "absent": 0.0},
             "urls": {"kind": "number", "field": "url_count", "absent": 0.0}}
            """;

    @TempDir
    private static Path shared;

    private static List<GenericRecord> mails;
    private static Path input;
    private static Path labels;
    private static Path features;
    private static Path fittedPipeline;
    private static CommandRun first;

    @TempDir
    private Path folder;

    private Path pipeline;
    private Path out;

    @BeforeAll
    static void trainOnce() throws Exception {
        fittedPipeline = Files.writeString(shared.resolve("p.yaml"), PIPELINE.replace("FOLDER", shared.toString()));
        features = Files.writeString(shared.resolve("f.json"), FEATURES);
        mails = mails(0, 120);
        labels = labels(mails);
        input = avro(shared.resolve("all.avro"), mails);
        CommandRun fit = CommandRun.of("fit", fittedPipeline, "--input", input, "--out", shared.resolve("fitted"));
        assertThat(fit.exit()).as(fit.err()).isZero();
        first = train(fittedPipeline, input, shared.resolve("mail-trust"));
        assertThat(first.exit()).as(first.err()).isZero();
    }

    /** A pipeline and a model of its own, to be spoilt. */
    @BeforeEach
    void copy() throws IOException {
        Files.createDirectory(folder.resolve("fitted"));
        Files.copy(shared.resolve("fitted/scale.json"), folder.resolve("fitted/scale.json"));
        pipeline = Files.writeString(folder.resolve("p.yaml"), PIPELINE.replace("FOLDER", folder.toString()));
        out = folder.resolve("mail-trust");
    }

    @Test
    void countsForAMailWhatItsSenderHadSentBeforeItAndNothingLater() throws Exception {
        assertThat(first.json().get("n").asInt()).isEqualTo(120);
        // Ten mails of each of twelve senders, one after the other, each counting itself.
        JsonNode seen = read(shared.resolve("mail-trust/baseline.json")).at("/features/seen");
        assertThat(seen.get("edges"))
                .extracting(JsonNode::asDouble)
                .containsExactly(1., 2., 3., 4., 5., 6., 7., 8., 9.);
        assertThat(seen.get("counts")).extracting(JsonNode::asInt).containsOnly(12);

        List<GenericRecord> longer = new ArrayList<>(mails);
        longer.addAll(mails(120, 160)); // Later ones, of the same senders, which nobody has labelled.
        Collections.shuffle(longer, new Random(5));
        CommandRun run = train(fittedPipeline, avro(folder.resolve("longer.avro"), longer), out);
        assertThat(run.err()).contains("40 events left out: unlabelled");
        assertThat(read(out.resolve("training.json")).at("/data/values"))
                .isEqualTo(read(shared.resolve("mail-trust/training.json")).at("/data/values"));
    }

    @Test
    void seesTheSameRowsInWhateverOrderTheFilesHaveThem() throws Exception {
        List<GenericRecord> shuffled = new ArrayList<>(mails);
        Collections.shuffle(shuffled, new Random(5));
        Path parts = Files.createDirectory(folder.resolve("parts"));
        avro(parts.resolve("1.avro"), shuffled.subList(0, 50));
        avro(parts.resolve("2.avro"), shuffled.subList(50, 120));
        CommandRun run = train(fittedPipeline, parts, out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(out.resolve("model.json")).hasSameBinaryContentAs(shared.resolve("mail-trust/model.json"));
    }

    @Test
    void tellsWhatThePipelineKeptBack() throws Exception {
        List<GenericRecord> more = new ArrayList<>(mails);
        more.add(mails.get(3));
        more.add(Mails.record(4, "event_id", "x", "from_domain", "dropped.example", "received_at", START));
        more.add(Mails.record(4, "event_id", "", "received_at", START));
        CommandRun run = train(pipeline, avro(folder.resolve("more.avro"), more), out);
        assertThat(run.err())
                .contains("1 events left out: duplicate", "1 events left out: filtered", "1 events left out: rejected");
        assertThat(run.json().get("n").asInt()).isEqualTo(120);
    }

    @Test
    void evaluatesRecordsThroughThePipelineAsItWas() throws Exception {
        Path model = shared.resolve("mail-trust");
        assertThat(ModelArtifact.read(model.toString()).files())
                .containsOnlyKeys("baseline.json", "features.json", "fitted/scale.json", "pipeline.yaml");
        assertThat(model.resolve("pipeline.yaml")).hasSameBinaryContentAs(fittedPipeline);
        Path fitted = shared.resolve("fitted/scale.json");
        byte[] scale = Files.readAllBytes(fitted);
        Files.delete(fitted); // What is deployed meanwhile does not matter.
        JsonNode line = evaluate(model).json();
        assertThat(line.get("n").asInt()).isEqualTo(120);
        assertThat(line.get("auc").doubleValue()).isGreaterThan(0.9);
        Files.write(fitted, scale);
    }

    @Test
    void refusesAModelWhosePipelineHasBeenChanged() throws Exception {
        Files.createDirectory(out);
        Files.copy(shared.resolve("mail-trust/model.json"), out.resolve("model.json"));
        for (String file : List.of("baseline.json", "features.json")) {
            Files.copy(shared.resolve("mail-trust").resolve(file), out.resolve(file));
        }
        Files.writeString(out.resolve("pipeline.yaml"), "pipeline: another");
        Files.createDirectory(out.resolve("fitted"));
        Files.copy(shared.resolve("mail-trust/fitted/scale.json"), out.resolve("fitted/scale.json"));
        refused("A model's files are not changed by hand: train it again", evaluate(out));
    }

    @Test
    void looksAtTheFieldsOfThePipelineWhereNoFeatureIsDeclared() throws Exception {
        CommandRun run = CommandRun.of(
                "train",
                "--input",
                input,
                "--labels",
                labels,
                "--label",
                "spam",
                "--pipeline",
                pipeline,
                "--group",
                "from_domain",
                "--algorithm",
                "logistic",
                "--out",
                out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(ModelArtifact.read(out.toString()).features())
                .extracting(NamedFeature::name)
                .containsExactly("url_count", "seen");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        refused(
                "--label: no field 'spam'; did you mean 'spf'? (or give --labels PATH)",
                CommandRun.of("train", "--input", input, "--label", "spam", "--pipeline", pipeline, "--out", out));
        refused(
                "--id and --time: the pipeline's event section says what they are",
                train(pipeline, input, out, "--id", "event_id"));
        Files.writeString(pipeline, Files.readString(pipeline).replace("count(1d)", "count(1y)"));
        refused("p.yaml:7:", train(pipeline, input, out));
        Files.writeString(pipeline, Files.readString(pipeline).replace("count(1y)", "count(1d)"));
        Files.delete(folder.resolve("fitted/scale.json"));
        refused("scale.json: it is not there: run `datamill fit", train(pipeline, input, out));
        refused(
                "no such file; give the path of a pipeline's YAML file",
                CommandRun.of(
                        "train",
                        "--input",
                        input,
                        "--label",
                        "spam",
                        "--pipeline",
                        folder.resolve("q.yaml"),
                        "--out",
                        out));
        assertThat(out).doesNotExist();
    }

    private static void refused(String message, CommandRun run) {
        assertThat(run.err()).contains(message);
        assertThat(run.exit()).isEqualTo(1);
    }

    private static CommandRun train(Path pipeline, Path input, Path out, Object... more) {
        List<Object> all = new ArrayList<>(List.of(
                "train",
                "--input",
                input,
                "--labels",
                labels,
                "--label",
                "spam",
                "--pipeline",
                pipeline,
                "--features",
                features,
                "--group",
                "from_domain",
                "--algorithm",
                "logistic",
                "--out",
                out));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    private static CommandRun evaluate(Path model) {
        return CommandRun.of("evaluate", "--model", model, "--input", input, "--labels", labels, "--label", "spam");
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }

    /** One a minute, of twelve senders in turn; every other sender's are spam and have more URLs. */
    private static List<GenericRecord> mails(int from, int to) {
        Random random = new Random(from);
        List<GenericRecord> mails = new ArrayList<>();
        for (int i = from; i < to; i++) {
            mails.add(Mails.record(
                    4,
                    "event_id",
                    "id-" + i,
                    "received_at",
                    START + i * 60_000L,
                    "from_domain",
                    "d" + i % 12 + ".example",
                    "url_count",
                    random.nextInt(4) + i % 2 * 3));
        }
        return mails;
    }

    private static Path labels(List<GenericRecord> of) throws IOException {
        List<String> lines = new ArrayList<>(List.of("tenant,event_id,spam"));
        for (int i = 0; i < of.size(); i++) {
            lines.add("acme," + of.get(i).get("event_id") + ',' + i % 2);
            lines.add("other," + of.get(i).get("event_id") + ',' + (1 - i % 2)); // Another tenant's, with the same id.
        }
        return Files.write(shared.resolve("labels.csv"), lines);
    }

    private static Path avro(Path file, List<GenericRecord> records) throws IOException {
        Schema schema = records.get(0).getSchema();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (GenericRecord mail : records) {
                writer.append(mail);
            }
        }
        return file;
    }
}
