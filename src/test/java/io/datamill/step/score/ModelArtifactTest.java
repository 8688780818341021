package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelArtifactTest {
    private static final byte[] PIPELINE = "pipeline: mail\n".getBytes(StandardCharsets.UTF_8);
    private static final Tree TREE = Tree.ofLeaves(
            new int[] {1, -1, -1},
            new float[] {0.1f, 0, 0},
            new int[] {1, -1, -1},
            new int[] {2, -1, -1},
            new boolean[] {true, false, false},
            new double[] {0, -0.5, 1},
            new double[] {4, 1, 3});
    private static final List<NamedFeature> FEATURES = List.of(
            new NamedFeature("digits", new Feature.Share("subject", CharacterClass.DIGIT, 0)),
            new NamedFeature("size", new Feature.Log1p(new Feature.Numeric("size", 0))));
    private static final Model MODEL = model(-2);

    private static Model model(double weight) {
        Linear linear = new Linear(new double[] {0.1, 7}, new double[] {0.3, 2}, new double[] {weight, 1e-7});
        return new Model(
                Model.Identity.unversioned("mail", "average"),
                new Model.Thresholds(0.1, 0.5),
                FEATURES,
                new Additive(-0.25, linear, List.of(TREE)),
                Map.of("pipeline.yaml", ModelArtifact.sha256(PIPELINE)));
    }

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("model.json");
        Files.writeString(file, ModelArtifact.render(MODEL));
    }

    @Test
    void readsWhatWasWritten() throws InvalidModelException {
        Model read = ModelArtifact.read(directory.toString());
        assertThat(read.versioned("")).isEqualTo(MODEL);
        assertThat(read.identity().toString()).matches("mail@[0-9a-f]{12}");
    }

    @Test
    void readsThroughTheFileSystemThatTheAddressNames() throws InvalidModelException {
        assertThat(ModelArtifact.read(directory.toUri().toString()).versioned(""))
                .isEqualTo(MODEL);
        Path here = Path.of("").toAbsolutePath();
        assertThat(ModelArtifact.read(here.relativize(directory).toString()).versioned(""))
                .isEqualTo(MODEL);
    }

    @Test
    void givesAnotherVersionToAnotherWeight() {
        Model changed = model(-2.5);
        assertThat(ModelArtifact.render(changed).lines().skip(4).findFirst())
                .isNotEqualTo(ModelArtifact.render(MODEL).lines().skip(4).findFirst());
    }

    @Test
    void readsAModelOfOnnxAndRefusesOneWithoutItsFile() throws Exception {
        Onnx onnx = new Onnx("m.onnx", List.of("x"), "p", 1, Onnx.Scale.PROBABILITY, Onnx.About.DISTRUST);
        Map<String, String> files = Map.of("m.onnx", ModelArtifact.sha256(PIPELINE));
        Model model = new Model(
                Model.Identity.unversioned("mail", "onnx"), new Model.Thresholds(0, 1), FEATURES, onnx, files);
        Files.writeString(file, ModelArtifact.render(model));
        assertThat(ModelArtifact.read(directory.toString()).versioned("")).isEqualTo(model);
        String json = Files.readString(file);
        Files.writeString(file, json.replace("\"file\" : \"m.onnx\"", "\"file\" : \"n.onnx\""));
        assertRefused("files: 'n.onnx', the scorer's, is missing");
        Files.writeString(file, json.replace("[\n      \"x\"\n    ]", "[\"x\", \"y\", \"z\"]"));
        assertRefused("inputs: expected one name or 2; found 3");
        Files.writeString(file, json.replace("\"probability\"", "\"odds\""));
        assertRefused("scorer.scale");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"weights\" : [-2.0' | '\"weights\" : [-3.0' | identity.version: its content is version",
                "'\"weights\" : [-2.0' | '\"wieghts\" : [1], \"weights\" : [-2.0' | scorer.linear.wieghts: unknown key; did you mean 'weights'?",
                "'\"intercept\" : -0.25,' | '\"intercept\" : -0.25, \"intercept\" : 1,' | Duplicate field 'intercept'",
                "'\"intercept\" : -0.25,' | '' | scorer.intercept: missing",
                "'\"intercept\" : -0.25' | '\"intercept\" : null' | scorer.intercept",
                "'\"intercept\" : -0.25' | '\"intercept\" : \"2\"' | scorer.intercept",
                "'\"intercept\" : -0.25' | '\"intercept\" : 1e999' | scorer: intercept: expected a finite number",
                "'\"weights\" : [-2.0' | '\"weights\" : [1e999' | weights[0]: expected a finite number",
                "'\"scales\" : [0.3' | '\"scales\" : [0' | scales[0]: expected a number above 0",
                "'\"scales\" : [0.3' | '\"scales\" : [1, 0.3' | expected as many means and scales as weights",
                "'\"kind\" : \"share\"' | '\"kind\" : \"shar\"' | features[0].feature: unknown kind 'shar'",
                "'\"kind\" : \"share\",' | '' | features[0].feature: no kind",
                "'\"kind\" : \"additive\"' | '\"kind\" : \"neural\"' | scorer: unknown kind 'neural'",
                "'\"of\" : \"digit\"' | '\"of\" : \"vowel\"' | features[0].feature.of",
                "'\"name\" : \"size\"' | '\"name\" : \"digits\"' | features: 'digits' is there twice",
                "'\"name\" : \"size\"' | '\"name\" : \"Größe\"' | features[1]: name: expected",
                "'\"format\" : 2' | '\"format\" : 1' | identity: format: expected 2; found 1",
                "'\"average\"' | '\"Forest 9\"' | identity: algorithm: expected",
                "'\"label\" : 0.5' | '\"label\" : 0.05' | thresholds: expected 0 <= quarantine <= label <= 1",
                "'\"feature\" : [1, ' | '\"feature\" : [2, ' | trees[0]: feature: expected a number below 2; found 2",
                "'\"feature\" : [1, ' | '\"feature\" : [-2, ' | feature[0]: expected -1 or more",
                "'\"feature\" : [1, ' | '\"feature\" : [1.5, ' | scorer.trees[0].feature",
                "'\"below\" : [1, ' | '\"below\" : [2, ' | notBelow[0]: node 2 has two parents",
                "'\"below\" : [1, ' | '\"below\" : [0, ' | below[0]: expected a node behind 0 and below 3; found 0",
                "'\"below\" : [1, ' | '\"below\" : [3, ' | below[0]: expected a node behind 0 and below 3; found 3",
                "'\"notBelow\" : [2, -1' | '\"notBelow\" : [2, 2' | notBelow[1]: expected -1 of a leaf; found 2",
                "'\"cover\" : [4.0' | '\"cover\" : [-4.0' | cover[0]: expected a number from 0",
                "'\"cover\" : [4.0' | '\"cover\" : [4.0, 1' | expected arrays of 3 nodes; found one of 4",
                "'\"threshold\" : [0.1' | '\"threshold\" : [1e99' | threshold[0]: expected a finite number",
                "'\"missingBelow\" : [true' | '\"missingBelow\" : [1' | scorer.trees[0].missingBelow",
                "'\"pipeline.yaml\"' | '\"../pipeline.yaml\"' | files: expected the name of another file",
                "'\"pipeline.yaml\" : \"' | '\"pipeline.yaml\" : \"0' | files.pipeline.yaml: expected 64",
            })
    void namesTheFileAndTheKeyThatIsBroken(String written, String broken, String expected) throws IOException {
        String json = Files.readString(file);
        assertThat(json).contains(written);
        Files.writeString(file, json.replace(written, broken));
        assertRefused(expected);
    }

    @Test
    void refusesAFileThatEndsEarlyGoesOnOrIsNoJson() throws IOException {
        String json = Files.readString(file);
        Files.writeString(file, json.substring(0, json.length() / 2));
        assertRefused("line ");
        Files.writeString(file, json + "{}");
        assertRefused("railing token");
        Files.writeString(file, "null");
        assertRefused("empty");
        Files.writeString(file, "");
        assertRefused("No content");
    }

    @Test
    void refusesAFileOfMoreThanSixteenMebibytes() throws IOException {
        Files.writeString(file, Files.readString(file) + " ".repeat(16 << 20));
        assertRefused("more than 16777216 bytes");
    }

    @Test
    void saysThatThereIsNoModel() throws IOException {
        Files.delete(file);
        assertRefused("there is no such file");
    }

    @Test
    void readsFilesThatBelongToTheModelAndRefusesOthers() throws Exception {
        Model read = ModelArtifact.read(directory.toString());
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.write(pipeline, PIPELINE);
        assertThat(ModelArtifact.file(directory.toString(), read, "pipeline.yaml"))
                .isEqualTo(PIPELINE);
        Files.writeString(pipeline, "pipeline: other\n");
        assertThatThrownBy(() -> ModelArtifact.file(directory.toString(), read, "pipeline.yaml"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageMatching(
                        ".*pipeline.yaml: mail@\\w+ was made with a file of SHA-256 \\w+; found \\w+\\. .*");
        assertThatThrownBy(() -> ModelArtifact.file(directory.toString(), read, "training.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has no file 'training.json'; it has [pipeline.yaml]");
    }

    @Test
    void readsFilesThatAreInMemory() throws Exception {
        Map<String, byte[]> files = Map.of("model.json", Files.readAllBytes(file), "pipeline.yaml", PIPELINE);
        Model read = ModelArtifact.read("broadcast", files);
        assertThat(read).isEqualTo(ModelArtifact.read(directory.toString()));
        assertThat(ModelArtifact.file("broadcast", files, read, "pipeline.yaml"))
                .isEqualTo(PIPELINE);
        assertThatThrownBy(() -> ModelArtifact.read("broadcast", Map.of()))
                .hasMessage("broadcast/model.json: there is no such file");
        assertThatThrownBy(() ->
                        ModelArtifact.file("broadcast", Map.of("pipeline.yaml", new byte[0]), read, "pipeline.yaml"))
                .hasMessageStartingWith("broadcast/pipeline.yaml: mail@");
    }

    private void assertRefused(String expected) {
        assertThatThrownBy(() -> ModelArtifact.read(directory.toString()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model.json: ")
                .hasMessageContaining(expected);
    }
}
