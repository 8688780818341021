package io.datamill.cli.event;

import io.datamill.DatamillJob;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Reject;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.source.BoundedSource;
import io.datamill.source.GivenRecords;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.Ensembles;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A run of a pipeline whose outcomes the lake's own sink has written: 300 events of two tenants, half of them scored by
 * one version of a model and half by the next, while a third scores in the shadow.
 */
final class StoredRun {
    private static final String YAML = """
            pipeline: mails
            source: { kinesis: { stream: none, start: latest } }
            adapter: { json: { fields: { event_id: string, tenant: string, at: timestamp, sender: string?, size: long?,
                                         ratio: double?, links: "array<string>?" } } }
            event: { id: event_id, time: at, tenant: tenant }
            steps:
              - profile: { id: sender, key: [sender], features: { seen: "count(1d)" } }
              - score: { model: "%1$s/models", as: trust }
              - decide: { rules: "%1$s/rules" }
            sinks: [ { s3: { path: "%1$s/scored", partition: [tenant] } } ]
            rejects: { s3: { path: "%1$s/rejects" } }
            ledger: { url: none }
            """;
    private static final List<NamedFeature> FEATURES = List.of(
            new NamedFeature("size", new Feature.Log1p(new Feature.Numeric("size", 3))),
            new NamedFeature("ratio", new Feature.Numeric("ratio", -1)),
            new NamedFeature("links", new Feature.Length("links", 0)),
            new NamedFeature("seen", new Feature.Numeric("seen", 0)));
    private static final Instant CHANGE = Instant.parse("2026-03-01T00:00:00Z");

    private final Path folder;
    final List<String> versions = new ArrayList<>();

    StoredRun(Path folder) throws Exception {
        this.folder = folder;
        Random random = new Random(7);
        for (int i = 0; i < 3; i++) {
            versions.add(publish(random));
        }
        new ArtifactDirectory(folder + "/models")
                .write(Pointer.first(versions.get(0), Instant.EPOCH)
                        .promoting(versions.get(1), CHANGE)
                        .challengedBy(List.of(versions.get(2))));
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), """
                format: 1
                name: mail-rules
                rules:
                  - { name: regular, when: "seen > 100", verdict: pass }
                  - { name: low, when: "trust.score < 0.2", verdict: quarantine }
                  - { name: rest, when: "trust.score < 0.3", verdict: label, label: Odd }
                """);
        Files.writeString(pipeline(), YAML.formatted(folder));
        run(random);
    }

    Path pipeline() {
        return folder.resolve("mails.yaml");
    }

    String lake() {
        return folder + "/scored";
    }

    private String publish(Random random) throws Exception {
        Model model = new Model(
                Model.Identity.unversioned("mails", "average"),
                new Model.Thresholds(0.2, 0.5),
                FEATURES,
                Ensembles.of(random, FEATURES.size(), 20, 4).scaled(0.1),
                Map.of());
        byte[] bytes = ModelArtifact.render(model).getBytes(StandardCharsets.UTF_8);
        String version = ModelArtifact.read("memory", Map.of(ModelArtifact.MODEL, bytes))
                .identity()
                .version();
        new ArtifactDirectory(folder + "/models").write(version + '/' + ModelArtifact.MODEL, bytes);
        return version;
    }

    private void run(Random random) throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).plan(pipeline());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        DataStream<KeyedRecord> records = BoundedSource.attach(
                env,
                "records",
                List.of(
                        new GivenRecords("old", CHANGE.toEpochMilli() - 1, mails(random, 0, 150)),
                        new GivenRecords("new", CHANGE.toEpochMilli(), mails(random, 150, 300))),
                plan.peek(plan.input()));
        DatamillJob.define(
                env,
                plan.withAccounts(new Plan.Accounts(
                        plan.accounts().rejects(),
                        (totals, pipeline) -> totals.filter(total -> false)
                                .map(total -> (Reject) null)
                                .returns(Reject.class),
                        null,
                        null)),
                Map.of("", records));
        env.execute();
    }

    private static List<byte[]> mails(Random random, int from, int to) {
        List<byte[]> mails = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String size = random.nextInt(8) == 0 ? "null" : Integer.toString(random.nextInt(100_000));
            String ratio = random.nextInt(8) == 0 ? "null" : Double.toString(random.nextGaussian());
            mails.add("""
                    {"event_id":"e%d","tenant":"%s","at":"2026-03-01T00:00:00Z","sender":"s%d","size":%s,"ratio":%s,
                     "links":["a","b"]}""".formatted(i, i % 3 == 0 ? "beta" : "acme", i % 7, size, ratio)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return mails;
    }

    /** Takes a version away. */
    void delete(String version) throws IOException {
        Files.delete(folder.resolve("models/" + version + "/model.json"));
    }
}
