package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.testing.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    private static final double INTERCEPT = 0.5;
    private static final Map<String, ?> MAIL =
            Map.of("subject", "Re: 3", "ratio", 2.0, "size", 40L, "first", true, "domains", List.of("a.org"));

    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    @Test
    void addsTheProbabilityOfTrustBehindTheOtherFields() throws Exception {
        Planning planning = planning();
        Score score = planned(planning, weighted("ratio", new Feature.Numeric("ratio", 0), 0.5));
        Object[] values = Rows.of(MAIL);
        Event scored = score.apply(Events.event("e", 0, values));
        assertThat(scored.values()).startsWith(values).hasSize(values.length + 1);
        GenericRecord trust = (GenericRecord) scored.values()[values.length];
        // mean 1 and scale 2: 0.5 + 0.5 * (2 - 1) / 2
        assertThat((double) trust.get("score")).isCloseTo(1 / (1 + Math.exp(-0.75)), within(1e-15));
        assertThat(trust.get("model").toString()).matches("mail@[0-9a-f]{12}");
        assertThat(planning.output().getField("trust").schema()).isEqualTo(trust.getSchema());
        assertThat(GenericData.get().validate(trust.getSchema(), trust)).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void givesTheFiveStrongestReasonsInOrderOfTheirStrength() throws Exception {
        Feature ratio = new Feature.Numeric("ratio", 0);
        GenericRecord trust = trust(planned(
                planning(),
                weighted("weak", ratio, 0.1),
                weighted("strong", ratio, 4),
                weighted("against", ratio, -6),
                weighted("none", ratio, 0),
                weighted("fair", ratio, 2),
                weighted("fair-too", ratio, 2),
                weighted("fair-against", ratio, -2.5)));
        assertThat(reasons(trust)).containsExactly("against", "strong", "fair-against", "fair", "fair-too");
    }

    @Test
    void sumsContributionsAndInterceptToTheLogOddsOfTheScore() throws Exception {
        GenericRecord trust = trust(planned(
                planning(),
                weighted("ratio", new Feature.Numeric("ratio", 0), 1.5),
                weighted("size", new Feature.Log1p(new Feature.Numeric("size", 0)), -0.7),
                weighted("reply", new Feature.Prefix("subject", "re:", 0), 0.3)));
        double margin = INTERCEPT;
        for (Object reason : (List<?>) trust.get("reasons")) {
            margin += (double) ((GenericRecord) reason).get("contribution");
        }
        double score = (double) trust.get("score");
        assertThat(Math.log(score / (1 - score))).isCloseTo(margin, within(1e-12));
    }

    @Test
    void travelsToTheTaskManagers() throws Exception {
        Score score = planned(planning(), weighted("size", new Feature.Log1p(new Feature.Numeric("size", 0)), 1));
        Score copy = InstantiationUtil.clone(score);
        copy.open();
        assertThat(trust(copy)).isEqualTo(trust(score));
    }

    @Test
    void staysBetweenZeroAndOneForTheMostExtremeMail() throws Exception {
        Score score = planned(
                planning(),
                weighted("ratio", new Feature.Numeric("ratio", 0), 1e300),
                weighted("size", new Feature.Numeric("size", 0), -1));
        Event event = score.apply(Events.event("e", 0, Rows.of(Map.of("ratio", -1e300, "size", Long.MAX_VALUE))));
        GenericRecord trust = (GenericRecord) event.values()[event.values().length - 1];
        assertThat((double) trust.get("score")).isEqualTo(0);
    }

    @Test
    void reportsEachFeatureThatDoesNotFitTheSchema() throws Exception {
        write(
                weighted("one", new Feature.Present("subjekt"), 1),
                weighted("two", new Feature.Numeric("ratio", 0), 1),
                weighted("three", new Feature.Numeric("subject", 0), 1));
        assertThat(config("trust").plan(planning())).isNull();
        assertThat(problems)
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .matches("model: mail@\\w+: feature 'one': no field 'subjekt'; did you mean 'subject'\\?"))
                .anySatisfy(problem -> assertThat(problem).contains("feature 'three': 'subject' is string"));
    }

    @Test
    void reportsAModelThatCannotBeReadAndAFieldThatIsThereAlready() {
        assertThat(config("subject").plan(planning())).isNull();
        assertThat(problems)
                .hasSize(2)
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("model: ").endsWith("model.json: there is no such file"));
        assertThat(problems.get(0)).startsWith("as: field 'subject' is there already");
    }

    @Test
    void reportsAVariableThatIsNotSet() {
        new Score.Config(new Reference("${env:NO_SUCH_MODEL}"), "trust").plan(planning());
        assertThat(problems).containsExactly("model: environment variable NO_SUCH_MODEL is not set");
    }

    @Test
    void scoresByAnOnnxModelWithoutReasons() throws Exception {
        writeOnnx("ratio", OnnxGraphs.affine(1, 0.5f, 1), 0);
        Planning planning = planning();
        Score score = InstantiationUtil.clone((Score) config("trust").plan(planning));
        assertThat(problems).isEmpty();
        score.open();
        GenericRecord trust = trust(score);
        assertThat((double) trust.get("score")).isCloseTo(1 / (1 + Math.exp(-(0.5 * 2 + 1))), within(1e-7));
        assertThat(trust.get("model").toString()).matches("mail@[0-9a-f]{12}");
        assertThat(reasons(trust)).isEmpty();
        assertThat(trust(score)).isEqualTo(trust);
        score.close();
        score.close();
    }

    @Test
    void scoresEventsTogetherAsEachAlone() throws Exception {
        writeOnnx("ratio", OnnxGraphs.affine(1, 0.5f, 1), 0);
        Score score = (Score) config("trust").plan(planning());
        score.open();
        Event[] events = new Event[3];
        for (int i = 0; i < events.length; i++) {
            events[i] = Events.event("e" + i, 0, Rows.of(Map.of("ratio", (double) i)));
        }
        List<Object> alone = new ArrayList<>();
        for (Event event : events) {
            alone.add(last(score.apply(event)));
        }

        assertThat(score.batch()).isEqualTo(64);
        score.prepare(events, events.length);

        List<Object> together = new ArrayList<>();
        for (Event event : events) {
            together.add(last(score.apply(event)));
        }
        assertThat(together).isEqualTo(alone).doesNotHaveDuplicates();
        score.close();
    }

    @Test
    void rejectsOfABatchOnlyTheEventThatAnOnnxGraphFailsOn() throws Exception {
        writeOnnx("ratio", OnnxGraphs.lookUp(), 0);
        Score score = (Score) config("trust").plan(planning());
        score.open();
        Event[] events = new Event[3];
        for (int i = 0; i < events.length; i++) {
            events[i] = Events.event("e" + i, 0, Rows.of(Map.of("ratio", i == 1 ? 7.0 : (double) i)));
        }

        score.prepare(events, events.length);

        assertThat(last(score.apply(events[0])).toString()).contains(String.valueOf(BoundModel.probability(0.5)));
        assertThatThrownBy(() -> score.apply(events[1]))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageContaining("model.onnx: ONNX Runtime failed")
                .hasMessageContaining("Gather");
        assertThat(last(score.apply(events[2])).toString()).contains(String.valueOf(BoundModel.probability(2)));
        score.close();
    }

    private static Object last(Event event) {
        return event.values()[event.values().length - 1];
    }

    @Test
    void rejectsAnEventForWhichAnOnnxModelGivesNoNumber() throws Exception {
        writeOnnx("ratio", OnnxGraphs.affine(1, Float.NaN, 1), 0);
        Score score = (Score) config("trust").plan(planning());
        score.open();
        assertThatThrownBy(() -> trust(score))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("output 'margin' of model.onnx is no number")
                .extracting(e -> ((RejectedEventException) e).reason())
                .isEqualTo("NO_SCORE");
        score.close();
    }

    @Test
    void reportsWhatDoesNotFitOfAnOnnxModel() throws Exception {
        writeOnnx("ratoi", OnnxGraphs.affine(2, 1, 1), 3);
        assertThat(config("trust").plan(planning())).isNull();
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem)
                        .matches("model: mail@\\w+: feature 'one': no field 'ratoi'; did you mean 'ratio'\\?"))
                .anySatisfy(problem -> assertThat(problem)
                        .matches("model: mail@\\w+: model.onnx: input 'x' has shape \\[any, 2]; expected \\[rows, 1]"));
        problems.clear();
        Files.write(directory.resolve("model.onnx"), OnnxGraphs.affine(1, 1, 1));
        assertThat(config("trust").plan(planning())).isNull();
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("model.onnx: mail@", "was made with a file of SHA-256");
    }

    @Test
    void aChallengerScoresEachEventOfABatchAlsoBehindOneThatTheChampionHasNoScoreFor() throws Exception {
        String champion = publishOnnx(Onnx.Scale.PROBABILITY);
        String challenger = publishOnnx(Onnx.Scale.MARGIN);
        new ArtifactDirectory(directory.toString())
                .write(Pointer.first(champion, Instant.EPOCH).challengedBy(List.of(challenger)));
        Score score = (Score) config("trust").plan(planning());
        score.open();
        Event[] events = new Event[2];
        for (int i = 0; i < events.length; i++) {
            events[i] = Events.event("e" + i, 0, Rows.of(Map.of("ratio", i == 0 ? 1.5 : 0.25)));
        }
        score.prepare(events, events.length);

        assertThatThrownBy(() -> score.apply(events[0])).isInstanceOf(RejectedEventException.class);

        List<?> shadow = (List<?>) ((GenericRecord) last(score.apply(events[1]))).get("shadow");
        assertThat((double) ((GenericRecord) shadow.get(0)).get("score"))
                .isCloseTo(1 / (1 + Math.exp(-0.25)), within(1e-7));
        score.close();
    }

    /** The field itself as probability or margin, as a version of the directory. */
    private String publishOnnx(Onnx.Scale scale) throws Exception {
        byte[] file = OnnxGraphs.affine(1, 1, 0);
        byte[] model = ModelArtifact.render(onnx("ratio", file, 0, scale)).getBytes(StandardCharsets.UTF_8);
        String version = ModelArtifact.read("memory", Map.of("model.json", model))
                .identity()
                .version();
        Files.createDirectory(directory.resolve(version));
        Files.write(directory.resolve(version).resolve("model.json"), model);
        Files.write(directory.resolve(version).resolve("model.onnx"), file);
        return version;
    }

    private void writeOnnx(String field, byte[] file, int column) throws IOException {
        Model model = onnx(field, file, column, Onnx.Scale.MARGIN);
        Files.writeString(directory.resolve("model.json"), ModelArtifact.render(model));
        Files.write(directory.resolve("model.onnx"), file);
    }

    private static Model onnx(String field, byte[] file, int column, Onnx.Scale scale) {
        return new Model(
                Model.Identity.unversioned("mail", "onnx"),
                new Model.Thresholds(0.1, 0.2),
                List.of(new NamedFeature("one", new Feature.Numeric(field, 0))),
                new Onnx("model.onnx", List.of("x"), "margin", column, scale, Onnx.About.TRUST),
                Map.of("model.onnx", ModelArtifact.sha256(file)));
    }

    @Test
    void refusesToBeWithoutAModelOrAField() {
        Reference model = new Reference("m");
        assertThatThrownBy(() -> new Score.Config(null, "trust")).hasMessageStartingWith("model is missing");
        assertThatThrownBy(() -> new Score.Config(model, null)).hasMessageStartingWith("as: expected the name");
        assertThatThrownBy(() -> new Score.Config(model, "a-b")).hasMessageStartingWith("as: expected the name");
        assertThat(new Score.Config(model, "trust").stage()).isEqualTo(Stage.SCORE);
    }

    /** A feature of mean 1 and scale 2. */
    private record Weighted(NamedFeature feature, double weight) {}

    private static Weighted weighted(String name, Feature feature, double weight) {
        return new Weighted(new NamedFeature(name, feature), weight);
    }

    private Score planned(Planning planning, Weighted... features) throws Exception {
        write(features);
        Score score = (Score) config("trust").plan(planning);
        if (score != null) {
            score.open();
        }
        return score;
    }

    private Score.Config config(String as) {
        return new Score.Config(new Reference(directory.toString()), as);
    }

    private void write(Weighted... features) throws IOException {
        Model.Thresholds thresholds = new Model.Thresholds(0.1, 0.2);
        double[] means = new double[features.length];
        double[] scales = new double[features.length];
        Arrays.fill(means, 1);
        Arrays.fill(scales, 2);
        double[] weights = Arrays.stream(features).mapToDouble(Weighted::weight).toArray();
        Model model = new Model(
                Model.Identity.unversioned("mail", "logistic"),
                thresholds,
                Arrays.stream(features).map(Weighted::feature).toList(),
                new Additive(INTERCEPT, new Linear(means, scales, weights), List.of()),
                Map.of());
        Files.writeString(directory.resolve("model.json"), ModelArtifact.render(model));
    }

    private Planning planning() {
        return new Planning(Rows.SCHEMA, (option, message) -> problems.add(option + ": " + message));
    }

    private static GenericRecord trust(Score score) throws Exception {
        Object[] values = score.apply(Events.event("e", 0, Rows.of(MAIL))).values();
        return (GenericRecord) values[values.length - 1];
    }

    private static List<String> reasons(GenericRecord trust) {
        return ((List<?>) trust.get("reasons"))
                .stream()
                        .map(reason -> ((GenericRecord) reason).get("feature").toString())
                        .toList();
    }
}
