package io.datamill.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command inwards: what a backtest lets pass, what it refuses, and what is written then. */
class PromoteCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOW = "{ name: low, when: \"trust.score < 0.2\", verdict: quarantine }";

    @TempDir
    private Path folder;

    private ServedPipeline pipeline;

    @BeforeEach
    void write() throws Exception {
        pipeline = new ServedPipeline(folder);
    }

    @Test
    void makesTheFirstVersionServeAndTheNextFromAFewSecondsOn() throws Exception {
        String first = pipeline.goodModel(1);
        assertThat(pipeline.promote("--model", first)).as(pipeline.err()).isZero();
        assertThat(pipeline.out()).contains("nothing serves", "has to be restarted");
        String second = pipeline.goodModel(2);
        Instant before = Instant.now();

        assertThat(pipeline.promote("--model", second)).as(pipeline.err()).isZero();

        Pointer pointer = models().pointer();
        assertThat(pointer.serving())
                .extracting(Pointer.Serving::version)
                .containsExactly(version(first), version(second));
        assertThat(Instant.parse(pointer.serving().get(1).from()))
                .isBetween(before.plusSeconds(4), before.plusSeconds(60));
        assertThat(Files.readAllBytes(folder.resolve("models/" + version(second) + "/model.json")))
                .isEqualTo(Files.readAllBytes(Path.of(second, "model.json")));
        assertThat(pipeline.out()).contains("1.0000 -> 1.0000").doesNotContain("restarted");
    }

    @Test
    void refusesAModelThatIsWorseWithBothNumbersAndWritesNothing() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));
        String pointer = models().pointerText();
        String noise = pipeline.model(0, 0, 1, 0);

        assertThat(pipeline.promote("--model", noise)).isEqualTo(1);

        assertThat(pipeline.err().lines())
                .anySatisfy(line -> assertThat(line)
                        .matches("refused: min-auc: 0\\.\\d+ \\(1\\.0000 as it is\\), expected at least 0\\.9000"))
                .anySatisfy(line -> assertThat(line).startsWith("refused: max-auc-drop: "))
                .anySatisfy(line -> assertThat(line).startsWith("refused: max-false-positives: "))
                .anySatisfy(line -> assertThat(line).startsWith("refused: max-changed: "))
                .anySatisfy(line -> assertThat(line).startsWith("refused: tenant beta: max-changed: "));
        assertThat(models().pointerText()).isEqualTo(pointer);
        assertThat(folder.resolve("models/" + version(noise))).doesNotExist();
    }

    @Test
    void refusesAModelThatTheJobWouldRefuseSinceNothingIsKnownToExpectOfIt() throws Exception {
        String model = pipeline.goodModel(1);
        Files.writeString(
                pipeline.file(),
                "  - expect: { id: risk, score: trust, model: \"" + folder + "/models\" }\n",
                StandardOpenOption.APPEND);

        assertThat(pipeline.promote("--model", model)).isNotZero();

        assertThat(pipeline.err())
                .contains("has no baseline.json, which steps[3].expect needs: a running job would refuse it");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void refusesAModelThatIsWorseForOneTenantAlone() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));

        assertThat(pipeline.promote("--model", pipeline.model(5, 10, 0, 20))).isEqualTo(1);

        // Three of 45 good events of beta, and of 795 of all.
        assertThat(pipeline.err().lines())
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("refused: tenant beta: max-good-quarantined: 0.0667, expected at most 0.0200"))
                .allSatisfy(line -> assertThat(line).startsWith("refused: tenant beta: "));
    }

    @Test
    void takesLimitsFromAFileAndThoseOfATenantBeforeTheOthers() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));
        String odd = pipeline.model(5, 10, 0, 20);
        Path limits = folder.resolve("limits.yaml");
        Files.writeString(limits, """
                tenants:
                  beta: { max-good-quarantined: 0.1, max-auc-drop: 0.1 }
                """);
        assertThat(pipeline.promote("--model", odd, "--limits", limits.toString(), "--dry-run"))
                .as(pipeline.err())
                .isZero();

        Files.writeString(
                limits,
                "overall: { max-good-quarantined: 0.003 }\ntenants: { beta: { min-labelled: 61 }, gone: {} }\n");
        assertThat(pipeline.promote("--model", odd, "--limits", limits.toString()))
                .isEqualTo(1);
        assertThat(pipeline.err().lines())
                .containsExactlyInAnyOrder(
                        "refused: max-good-quarantined: 0.0038, expected at most 0.0030",
                        "refused: tenant beta: min-labelled: 60, expected at least 61",
                        "refused: tenant gone: min-labelled: 0, expected at least 50");
    }

    @Test
    void tellsEveryMistakeOfALimitsFile() throws Exception {
        Path limits = folder.resolve("limits.yaml");
        Files.writeString(limits, "overall: { min-auk: 0.9, max-changed: 2 }\n");
        assertThat(pipeline.promote("--model", pipeline.goodModel(1), "--limits", limits.toString()))
                .isEqualTo(1);
        assertThat(pipeline.err().lines())
                .anySatisfy(
                        line -> assertThat(line).startsWith(limits + ":1:12: ").contains("min-auk", "min-auc"));
        Files.writeString(limits, "overall: { max-changed: 2 }\n");
        pipeline.promote("--model", pipeline.goodModel(1), "--limits", limits.toString());
        assertThat(pipeline.err()).contains("overall.max-changed: expected a share from 0 to 1");
    }

    @Test
    void refusesWhereTooFewEventsAreLabelled() throws Exception {
        Path few = folder.resolve("few.csv");
        Files.writeString(few, "event_id,tenant,verdict\ne0,acme,spam\ne1,acme,ham\n");

        assertThat(pipeline.run(
                        "promote",
                        "--model",
                        pipeline.goodModel(1),
                        "--input",
                        folder + "/events.csv",
                        "--label",
                        "verdict",
                        "--bad",
                        "spam",
                        "--labels",
                        few.toString()))
                .isEqualTo(1);

        assertThat(pipeline.err()).isEqualTo("refused: min-labelled: 2, expected at least 100\n");
    }

    @Test
    void joinsTheLabelsThatAnalystsGave() throws Exception {
        assertThat(pipeline.run(
                        "promote",
                        "--model",
                        pipeline.goodModel(1),
                        "--input",
                        folder + "/events.csv",
                        "--label",
                        "verdict",
                        "--bad",
                        "spam",
                        "--labels",
                        folder + "/labels.csv",
                        "--json"))
                .as(pipeline.err())
                .isZero();
        JsonNode line = JSON.readTree(pipeline.out());
        assertThat(line.at("/backtest/overall/counts/good").asInt()).isEqualTo(795);
        assertThat(line.at("/backtest/tenants/beta/counts/bad").asInt()).isEqualTo(15);
        assertThat(line.at("/backtest/overall/after/auc").asDouble()).isEqualTo(1);
        assertThat(line.at("/written").asBoolean()).isTrue();
    }

    @Test
    void countsEachChangeOfAVerdict() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));
        // Bad events have log-odds of 5 - 10 * risk, between -1 and -5: 2 more, and some are only labelled, others
        // pass.
        pipeline.promote("--model", pipeline.model(7, 10, 0, 0), "--json", "--dry-run");
        JsonNode overall = JSON.readTree(pipeline.out()).at("/backtest/overall");
        long labelled = overall.at("/changes/quarantine -> label").asLong();
        long passed = overall.at("/changes/quarantine -> pass").asLong()
                + overall.at("/changes/label -> pass").asLong();
        assertThat(labelled).isPositive();
        assertThat(passed).isPositive();
        assertThat(overall.at("/changed").asDouble()).isEqualTo((labelled + passed) / 1_060.0);
        assertThat(overall.at("/before/caught").asDouble()).isEqualTo(1);
        assertThat(overall.at("/after/caught").asDouble()).isLessThan(1);
    }

    @Test
    void refusesARuleThatWouldQuarantineKnownGoodMail() throws Exception {
        serveRules();
        String strict = pipeline.rules(LOW, "{ name: strict, when: \"odd && tenant == 'beta'\", verdict: quarantine }");

        assertThat(pipeline.promote("--rules", strict)).isEqualTo(1);

        assertThat(pipeline.err()).contains("refused: max-good-quarantined: 0.0038, expected at most 0.0000");
        assertThat(pipeline.out()).contains("  pass -> quarantine: 3");
        assertThat(rules().pointer().serving()).hasSize(1);
    }

    @Test
    void blamesRulesOnlyForGoodMailThatIsNotQuarantinedAlready() throws Exception {
        serveRules();
        String odd = "{ name: odd, when: odd, verdict: quarantine }";
        Path lax = Files.writeString(
                folder.resolve("lax.yaml"),
                "overall: { max-good-quarantined: 1 }\neach-tenant: { max-good-quarantined: 1 }\n");
        assertThat(pipeline.promote("--rules", pipeline.rules(LOW, odd), "--limits", lax.toString()))
                .as(pipeline.err())
                .isZero();
        assertThat(pipeline.promote("--rules", pipeline.rules(odd, LOW)))
                .as(pipeline.err())
                .isZero();
        assertThat(pipeline.out()).contains("0.0038 -> 0.0038");
    }

    @Test
    void letsARulePassThatTouchesOnlyBadMail() throws Exception {
        serveRules();
        String better = pipeline.rules(LOW, "{ name: risky, when: \"risk > 0.6\", verdict: label, label: Risky }");
        assertThat(pipeline.promote("--rules", better)).as(pipeline.err()).isZero();
        assertThat(rules().pointer().serving()).hasSize(2);
        assertThat(pipeline.out()).contains("  pass -> label: ");
    }

    @Test
    void decidesByTheRecordedScoreWhereThereIsOne() throws Exception {
        serveRules();
        Path recorded = folder.resolve("recorded.csv");
        Files.writeString(
                recorded, "event_id,tenant,risk,noise,odd,twice,trust,bad\ne0,acme,0.9,0,false,1.8,0.9,true\n");
        // A CSV has no records: the score is no record there, and that is told rather than scored anew.
        assertThat(pipeline.run(
                        "promote",
                        "--rules",
                        pipeline.rules("{ name: x, when: \"trust.score < 0.3\", verdict: pass }"),
                        "--input",
                        recorded.toString(),
                        "--label",
                        "bad",
                        "--dry-run"))
                .isEqualTo(1);
        assertThat(pipeline.out())
                .contains("1 event does not fit the pipeline and is left out", "'trust' is 0.9; expected a record");
    }

    @Test
    void refusesARuleThatFailsOnGoodMail() throws Exception {
        serveRules();
        String failing =
                pipeline.rules(LOW, "{ name: nan, when: \"odd && 1 / (odd ? 0 : 1) > 0\", verdict: label, label: x }");
        assertThat(pipeline.promote("--rules", failing)).isEqualTo(1);
        assertThat(pipeline.out()).contains("  pass -> reject: 3");
        assertThat(pipeline.err()).contains("refused: max-good-quarantined: 0.0038");
    }

    @Test
    void letsChallengersScoreInTheShadowUpToThree() throws Exception {
        assertThat(pipeline.run("promote", "--model", pipeline.goodModel(1), "--shadow"))
                .isEqualTo(1);
        assertThat(pipeline.err()).contains("nothing serves yet");
        pipeline.promote("--model", pipeline.goodModel(1));
        for (int i = 2; i <= 4; i++) {
            assertThat(pipeline.run("promote", "--model", pipeline.goodModel(i), "--shadow"))
                    .as(pipeline.err())
                    .isZero();
        }
        assertThat(models().pointer().challengers()).hasSize(3);
        assertThat(pipeline.run("promote", "--model", pipeline.goodModel(5), "--shadow"))
                .isEqualTo(1);
        assertThat(pipeline.err()).contains("3 versions score in the shadow already");

        assertThat(pipeline.promote("--model", pipeline.goodModel(3))).isZero();
        assertThat(models().pointer().challengers()).hasSize(2);
    }

    @Test
    void keepsAFixedModelAsTheVersionBefore() throws Exception {
        Path fixed = Path.of(pipeline.goodModel(1));
        Files.createDirectory(folder.resolve("models"));
        Files.copy(fixed.resolve("model.json"), folder.resolve("models/model.json"));

        assertThat(pipeline.promote("--model", pipeline.goodModel(2)))
                .as(pipeline.err())
                .isZero();

        assertThat(models().pointer().serving())
                .extracting(Pointer.Serving::version)
                .first()
                .isEqualTo(version(fixed.toString()));
        assertThat(folder.resolve("models/" + version(fixed.toString()) + "/model.json"))
                .exists();
        assertThat(pipeline.out()).contains("has to be restarted");
    }

    @Test
    void writesNothingInADryRun() throws Exception {
        assertThat(pipeline.promote("--model", pipeline.goodModel(1), "--dry-run"))
                .isZero();
        assertThat(pipeline.out()).contains("holds every limit; nothing is written");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void tellsMistakesInOneLine() throws Exception {
        String good = pipeline.goodModel(1);
        assertThat(pipeline.run("promote", "--model", good)).isEqualTo(1);
        assertThat(pipeline.err()).contains("a backtest needs --input PATH and --label FIELD");
        assertThat(pipeline.promote("--model", folder.toString())).isEqualTo(1);
        assertThat(pipeline.err()).contains("model.json: there is no such file");
        assertThat(pipeline.promote("--rules", pipeline.rules(LOW))).isEqualTo(1);
        assertThat(pipeline.err()).contains("no step has a directory of rules, such as `decide: { rules: DIR }`");
        assertThat(pipeline.run("promote", "--rules", pipeline.rules(LOW), "--shadow"))
                .isEqualTo(1);
        assertThat(pipeline.err()).contains("only models score in the shadow");
        pipeline.promote("--model", good);
        assertThat(pipeline.promote("--model", good)).isEqualTo(1);
        assertThat(pipeline.err()).contains("serves already");
        Files.writeString(Path.of(good, "model.json"), "{}");
        assertThat(pipeline.promote("--model", good)).isEqualTo(1);
        assertThat(pipeline.err().lines()).hasSize(2);
    }

    @Test
    void refusesAModelThatDoesNotFitThePipeline() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));
        Path csv = folder.resolve("thin.csv");
        Files.writeString(csv, "event_id,tenant,risk,noise,twice,bad\ne0,acme,0.9,0,1.8,true\n");
        assertThat(pipeline.run(
                        "promote", "--model", pipeline.goodModel(2), "--input", csv.toString(), "--label", "bad"))
                .isEqualTo(1);
        assertThat(pipeline.err()).contains("steps[1].score.model: ", "no field 'odd'");
    }

    private void serveRules() throws Exception {
        pipeline.promote("--model", pipeline.goodModel(1));
        pipeline.decide("{ rules: \"" + folder + "/rules\" }");
        assertThat(pipeline.promote("--rules", pipeline.rules(LOW)))
                .as(pipeline.err())
                .isZero();
    }

    private ArtifactDirectory models() {
        return new ArtifactDirectory(folder + "/models");
    }

    private ArtifactDirectory rules() {
        return new ArtifactDirectory(folder + "/rules");
    }

    private static String version(String directory) throws Exception {
        return ModelArtifact.read(directory).identity().version();
    }
}
