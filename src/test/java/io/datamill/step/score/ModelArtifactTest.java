package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelArtifactTest {
    private static final Model MODEL = new Model(
            Model.Identity.unversioned("mail"),
            new Model.Thresholds(0.1, 0.5),
            -0.25,
            List.of(
                    new Model.Weighted("digits", new Feature.Share("subject", CharacterClass.DIGIT, 0), 0.1, 0.3, -2),
                    new Model.Weighted("size", new Feature.Log1p(new Feature.Numeric("size", 0)), 7, 2, 1e-7)));

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
        List<Model.Weighted> other = List.of(MODEL.features().get(0));
        Model changed = new Model(MODEL.identity(), MODEL.thresholds(), MODEL.intercept(), other);
        assertThat(ModelArtifact.render(changed).lines().skip(4).findFirst())
                .isNotEqualTo(ModelArtifact.render(MODEL).lines().skip(4).findFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"weight\" : -2.0'    | '\"weight\" : -3.0'    | identity.version: its content is version",
                "'\"weight\" : -2.0' | '\"weight\" : -2.0, \"wieght\" : 1' | features[0].wieght: unknown key; did you mean 'weight'?",
                "'\"weight\" : -2.0' | '\"wieght\" : -2.0' | features[0].weight: missing",
                "'\"weight\" : -2.0'    | '\"mean\" : -2.0'      | Duplicate field 'mean'",
                "'\"weight\" : -2.0'    | '\"weight\" : null'    | features[0].weight",
                "'\"weight\" : -2.0'    | '\"weight\" : \"2\"'   | features[0].weight",
                "'\"weight\" : -2.0'    | '\"weight\" : 1e999'   | weight: expected a finite number",
                "'\"scale\" : 2.0'      | '\"scale\" : 0'        | features[1]: scale: expected a number above 0",
                "'\"kind\" : \"share\"' | '\"kind\" : \"shar\"'  | features[0].feature: unknown kind 'shar'",
                "'\"kind\" : \"share\",'| ''                     | features[0].feature: no kind",
                "'\"of\" : \"digit\"'   | '\"of\" : \"vowel\"'   | features[0].feature.of",
                "'\"name\" : \"size\"'  | '\"name\" : \"digits\"'| features: 'digits' is there twice",
                "'\"name\" : \"size\"'  | '\"name\" : \"Größe\"' | features[1]: name: expected",
                "'\"format\" : 1'       | '\"format\" : 2'       | identity: format: expected 1; found 2",
                "'\"logistic\"'         | '\"forest\"'           | identity: algorithm: expected 'logistic'",
                "'\"label\" : 0.5'      | '\"label\" : 0.05'     | thresholds: expected 0 <= quarantine <= label <= 1",
                "'\"intercept\" : -0.25,' | ''                   | intercept",
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
    void refusesAFileOfMoreThanAMebibyte() throws IOException {
        Files.writeString(file, Files.readString(file) + " ".repeat(1 << 20));
        assertRefused("more than 1048576 bytes");
    }

    @Test
    void saysThatThereIsNoModel() throws IOException {
        Files.delete(file);
        assertRefused("there is no such file");
    }

    private void assertRefused(String expected) {
        assertThatThrownBy(() -> ModelArtifact.read(directory.toString()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model.json: ")
                .hasMessageContaining(expected);
    }
}
