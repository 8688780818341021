package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import io.datamill.cli.training.GeneratedRows;
import io.datamill.step.score.Additive;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import io.datamill.step.score.Onnx;
import io.datamill.step.score.OnnxGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a model made by hand: its log-odds of trust are 2 minus the number of links. */
class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path csv;

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        Linear linear = new Linear(new double[] {0}, new double[] {1}, new double[] {-1});
        Model made = new Model(
                Model.Identity.unversioned("links", "by-hand"),
                new Model.Thresholds(0, 1),
                List.of(new NamedFeature("links", new Feature.Numeric("links", 0))),
                new Additive(2, linear, List.of()),
                Map.of());
        Files.writeString(model.resolve("model.json"), ModelArtifact.render(made));
        csv = folder.resolve("clicks.csv");
    }

    @Test
    void printsOneLineOfFiguresThatCanBeDoneByHand() throws Exception {
        // Scores 0.88, 0.73, 0.5, 0.27 of good ones and 0.73, 0.27, 0.12 of bad ones.
        Files.writeString(csv, "links,bad\n0,0\n1,0\n2,0\n3,0\n1,1\n3,1\n4,1\n,\n");
        CommandRun run = evaluate();
        assertThat(run.err()).isEqualToIgnoringNewLines("1 events left out: unlabelled");
        JsonNode line = run.json();
        assertThat(ImmutableList.copyOf(line.fieldNames()))
                .containsExactly("n", "auc", "error", "fpr", "fnr", "f1", "logloss", "threshold");
        assertThat(line.get("n").asInt()).isEqualTo(7);
        // 0.88 beats 3; 0.73 beats 2 and ties once; 0.5 beats 2; 0.27 beats 1 and ties once: 9 of 12.
        assertThat(line.get("auc").doubleValue()).isEqualTo(0.75);
        // Below 0.5: one good of 4 and two bad of 3; 0.5 itself is not below.
        assertThat(line.get("fpr").doubleValue()).isEqualTo(0.25);
        assertThat(line.get("fnr").doubleValue()).isEqualTo(0.333333);
        assertThat(line.get("error").doubleValue()).isEqualTo(0.285714);
        assertThat(line.get("f1").doubleValue()).isEqualTo(0.666667);
        assertThat(line.get("threshold").doubleValue()).isEqualTo(0.5);
        double loss = (loss(2) + loss(1) + loss(0) + loss(-1) + loss(-1) + loss(1) + loss(2)) / 7;
        assertThat(line.get("logloss").doubleValue()).isEqualTo(Math.round(loss * 1e6) / 1e6);
    }

    @Test
    void callsBadWhatIsBelowTheThresholdThatIsGiven() throws Exception {
        Files.writeString(csv, "links,bad\n0,0\n1,0\n2,0\n3,0\n1,1\n3,1\n4,1\n");
        JsonNode strict = evaluate("--threshold", "0.2").json();
        assertThat(strict.get("fpr").doubleValue()).isZero();
        assertThat(strict.get("fnr").doubleValue()).isEqualTo(0.666667);
        assertThat(strict.get("threshold").doubleValue()).isEqualTo(0.2);
        assertThat(evaluate("--threshold", "1").json().get("fpr").doubleValue()).isEqualTo(1);
        assertThat(evaluate("--threshold", "0").json().get("fnr").doubleValue()).isEqualTo(1);
    }

    @Test
    void usesTheThresholdThatTrainingChose() throws Exception {
        Files.writeString(model.resolve("training.json"), "{\"heldOut\": {\"figures\": {\"threshold\": 0.3}}}");
        Files.writeString(csv, "links,bad\n2,0\n3,1\n");
        assertThat(evaluate().json().get("threshold").doubleValue()).isEqualTo(0.3);
    }

    @Test
    void saysNullForWhatOneClassCannotTell() throws Exception {
        Files.writeString(csv, "links,bad\n0,0\n4,0\n");
        JsonNode good = evaluate().json();
        assertThat(good.get("auc").isNull()).isTrue();
        assertThat(good.get("fnr").isNull()).isTrue();
        assertThat(good.get("f1").isNull()).isTrue();
        assertThat(good.get("fpr").doubleValue()).isEqualTo(0.5);
        assertThat(good.get("error").doubleValue()).isEqualTo(0.5);
        Files.writeString(csv, "links,bad\n0,1\n");
        JsonNode bad = evaluate().json();
        assertThat(bad.get("auc").isNull()).isTrue();
        assertThat(bad.get("fpr").isNull()).isTrue();
        assertThat(bad.get("fnr").doubleValue()).isEqualTo(1);
    }

    @Test
    void judgesAModelAsTheJobScoresWithIt() throws Exception {
        List<GeneratedRows.Row> rows = GeneratedRows.rows(400, 3);
        GeneratedRows.csv(csv, rows.subList(0, 300));
        Path trained = folder.resolve("trained");
        CommandRun.of("train", "--input", csv, "--label", "bad", "--algorithm", "logistic", "--out", trained);
        Path unseen = GeneratedRows.csv(folder.resolve("unseen.csv"), rows.subList(300, 400));
        JsonNode line = CommandRun.of("evaluate", "--model", trained, "--input", unseen, "--label", "bad")
                .json();
        assertThat(line.get("n").asInt()).isEqualTo(100);
        assertThat(line.get("auc").doubleValue()).isGreaterThan(0.85);
    }

    @Test
    void judgesAnOnnxModelAsWhatItWasExportedFrom() throws Exception {
        GeneratedRows.csv(csv, GeneratedRows.rows(300, 3));
        Path trained = folder.resolve("trained");
        CommandRun.of("train", "--input", csv, "--label", "bad", "--group", "user", "--out", trained);
        JsonNode expected = CommandRun.of("evaluate", "--model", trained, "--input", csv, "--label", "bad")
                .json();

        Model read = ModelArtifact.read(trained.toString());
        byte[] onnx = OnnxGraphs.trees((Additive) read.scorer(), read.features().size());
        Files.write(model.resolve("model.onnx"), onnx);
        Onnx scorer = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        Model exported = new Model(
                Model.Identity.unversioned("links", "onnx"),
                read.thresholds(),
                read.features(),
                scorer,
                Map.of("model.onnx", ModelArtifact.sha256(onnx)));
        Files.writeString(model.resolve("model.json"), ModelArtifact.render(exported));
        assertThat(evaluate().json()).isEqualTo(expected);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        Files.writeString(csv, "links,bad\n0,0\n");
        refused("--threshold: expected a score from 0 to 1, not 1.5", "--threshold", "1.5");
        refused("--labels: no field 'event_id'", "--labels", csv);
        refused("nowhere/model.json: there is no such file", "--model", "nowhere");
        refused("none.csv: no such file or directory", "--input", folder.resolve("none.csv"));
        Files.writeString(csv, "bad,lynx\n0,2\n");
        refused("feature 'links': no field 'links'");
        Files.writeString(csv, "bad,links\n0,many\n");
        refused("feature 'links': 'links' is string; expected a plain number");
        Files.writeString(csv, "links,bed\n0,0\n");
        refused("--label: no field 'bad'; did you mean 'bed'? (or give --labels PATH)");
        Files.writeString(csv, "links,bad\n0,\n");
        refused("no labelled events in the input");
        Files.write(csv, new byte[] {'l', 'i', 'n', 'k', 's', ',', 'b', 'a', 'd', '\n', (byte) 0xff, ',', '1'});
        refused("is no CSV that can be read: not UTF-8");
        Files.writeString(csv, "PAR1 and so on");
        refused("is no Parquet that can be read");
        Files.writeString(csv, "Obj\u0001 and so on");
        refused("is no Avro object container that can be read");
        Files.writeString(
                model.resolve("model.json"),
                Files.readString(model.resolve("model.json")).replace("-1.0", "-2.0"));
        refused("A model is not changed by hand");
    }

    private void refused(String message, Object... more) {
        CommandRun run = evaluate(more);
        assertThat(run.err()).contains(message);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    /** Options that are given stand in the place of these. */
    private CommandRun evaluate(Object... more) {
        Map<Object, Object> options = new LinkedHashMap<>(Map.of("--model", model, "--input", csv, "--label", "bad"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        List<Object> arguments = new ArrayList<>(List.of("evaluate"));
        options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return CommandRun.of(arguments.toArray());
    }

    /** What it costs to give log-odds of so much to what was so. */
    private static double loss(double margin) {
        return Math.log1p(Math.exp(-margin));
    }
}
