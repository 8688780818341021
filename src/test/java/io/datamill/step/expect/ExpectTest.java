package io.datamill.step.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Observation;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.step.Planning;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import io.datamill.testing.BaselineModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectTest {
    private static final long HOUR = 3600_000;
    private static final Schema TRUST = SchemaBuilder.record("Trust")
            .fields()
            .requiredDouble("score")
            .requiredString("model")
            .endRecord();
    private static final Schema SCHEMA = SchemaBuilder.record("E")
            .fields()
            .optionalInt("x")
            .name("trust")
            .type(TRUST)
            .noDefault()
            .requiredString("verdict")
            .endRecord();

    @TempDir
    private Path directory;

    private final List<Observation> seen = new ArrayList<>();
    private String first;
    private String second;

    @BeforeEach
    void publish() throws Exception {
        first = BaselineModels.write(directory.resolve("first"), 0);
        second = BaselineModels.write(directory.resolve("second"), 1);
    }

    @Test
    void countsWhereScoreAndFeaturesLieAndWhatIsMissing() throws Exception {
        Expect step = step("first");
        step.apply(event("a", 0, 0, 0.1, first, "pass"));
        step.apply(event("a", 1, 9, 0.1001, first, "label"));
        step.apply(event("a", HOUR - 1, null, 1, first, "pass"));
        step.apply(event("a", HOUR - 1, -3, Double.NaN, first, "odd"));
        step.drain();

        assertThat(seen).hasSize(1);
        Observation only = seen.get(0);
        assertThat(only.tenant).isEqualTo("a");
        assertThat(only.model).isEqualTo(first);
        assertThat(only.events).isEqualTo(4);
        assertThat(only.names).containsExactly("x");
        assertThat(only.counts[0]).containsExactly(1, 1, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(only.counts[1]).containsExactly(3, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(only.absent).containsExactly(1);
        assertThat(only.verdicts).containsExactly(2, 1, 0);
        assertThat(only.expected[1]).containsOnly(1000).hasSize(10);
    }

    @Test
    void keepsTenantsAndWindowsApart() throws Exception {
        Expect step = step("first");
        for (long time : new long[] {0, HOUR, 0, HOUR}) {
            step.apply(event("a", time, 1, 0.5, first, "pass"));
            step.apply(event("b", time, 1, 0.5, first, "pass"));
        }
        step.drain();

        assertThat(seen)
                .extracting(one -> one.tenant + one.start + '/' + one.events)
                .containsExactlyInAnyOrder("a0/2", "b0/2", "a3600000/2", "b3600000/2");
    }

    @Test
    void givesAWindowWhenAWatermarkEndsItAndCountsWhatComesLaterInTheNextOne() throws Exception {
        Expect step = step("first");
        step.apply(event("a", 0, 1, 0.5, first, "pass"));
        step.apply(event("a", HOUR, 1, 0.5, first, "pass"));
        step.passed(HOUR - 2);
        assertThat(seen).isEmpty();
        step.passed(HOUR - 1);
        assertThat(seen).extracting(one -> one.start).containsExactly(0L);

        step.apply(event("a", 5, 1, 0.5, first, "pass"));
        step.passed(Long.MAX_VALUE);

        assertThat(seen)
                .extracting(one -> one.start + "/" + one.events + "/" + one.late)
                .containsExactly("0/1/0", HOUR + "/2/1");
        step.drain();
        assertThat(seen).hasSize(2);
    }

    @Test
    void findsTheVersionThatScoredAnEventWhicheverServesNow() throws Exception {
        Expect step = step("served", Pointer.first(version(first), Instant.EPOCH));
        step.apply(event("a", 0, 1, 0.5, first, "pass"));
        step.take(release(
                Pointer.first(version(first), Instant.EPOCH).promoting(version(second), Instant.ofEpochMilli(1_000))));
        step.apply(event("a", 0, 1, 0.5, second, "pass"));
        step.apply(event("a", 0, 1, 0.5, first, "pass"));
        step.apply(event("a", 0, 1, 0.5, "digits@none", "pass"));
        step.drain();

        assertThat(seen)
                .extracting(one -> one.model + '/' + one.names.length)
                .containsExactlyInAnyOrder(first + "/1", first + "/1", second + "/1", "/0");
    }

    @Test
    void takesNoVersionWithoutABaseline() throws Exception {
        Expect step = step("served", Pointer.first(version(first), Instant.EPOCH));
        Files.createDirectories(directory.resolve("served/333333333333"));
        Files.copy(
                Path.of("src/test/resources/pipelines/invalid/files/model/model.json"),
                directory.resolve("served/333333333333/model.json"));

        InvalidArtifactException e = catchThrowableOfType(
                InvalidArtifactException.class, () -> step.take(release(Pointer.first("333333333333", Instant.EPOCH))));

        assertThat(e).hasMessageContaining("has no baseline.json");
        step.apply(event("a", 0, 1, 0.5, first, "pass"));
        step.drain();
        assertThat(seen).extracting(one -> one.model).containsExactly(first);
    }

    @Test
    void doesNotFillTheMemoryWithWindows() throws Exception {
        Expect step = step("first");
        int windows = 0;
        while (seen.isEmpty() && windows < 100_000) {
            step.apply(event("a", windows++ * HOUR, 1, 0.5, first, "pass"));
        }
        assertThat(windows).isBetween(30_000, 40_000); // Of 20 bins and 10 more, 2^20.
        assertThat(seen).hasSize(windows - 1);
    }

    private static String version(String identity) {
        return identity.substring(identity.indexOf('@') + 1);
    }

    private Expect step(String model) throws Exception {
        List<String> problems = new ArrayList<>();
        Planning planning = new Planning(SCHEMA, (option, message) -> problems.add(option + ": " + message));
        Expect step = (Expect) new Expect.Config(
                        "e", "trust", new Reference(directory.resolve(model).toString()), null, null, null)
                .plan(planning);
        assertThat(problems).isEmpty();
        step.observe(seen::add);
        step.open();
        return step;
    }

    private Expect step(String model, Pointer pointer) throws Exception {
        for (String version : List.of("first", "second")) {
            String identity = version.equals("first") ? first : second;
            Path target = directory.resolve("served").resolve(version(identity));
            Files.createDirectories(target);
            for (String file : List.of("model.json", "baseline.json")) {
                Files.copy(directory.resolve(version).resolve(file), target.resolve(file));
            }
        }
        release(pointer);
        return step(model);
    }

    private Release release(Pointer pointer) throws Exception {
        ArtifactDirectory served =
                new ArtifactDirectory(directory.resolve("served").toUri().toString());
        served.write(pointer);
        return Releases.read(new io.datamill.step.SwappableStep.Watch(
                new Reference(directory.resolve("served").toString()), io.datamill.step.score.ModelKind.MODEL));
    }

    private static Event event(String tenant, long time, Integer x, double score, String model, String verdict) {
        GenericData.Record trust = new GenericData.Record(TRUST);
        trust.put(0, score);
        trust.put(1, model);
        SourceRecord record =
                new SourceRecord(new Position("s", "0", "1", 0), "k", "".getBytes(StandardCharsets.UTF_8));
        return new Event(new Header(tenant, "e", time, null, record), "k", new Object[] {x, trust, verdict});
    }
}
