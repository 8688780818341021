package io.datamill.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
    @Test
    void takesTheDefaultWhereTheVariableIsNotSet() {
        assertThat(new Reference("${env:NO_SUCH_VARIABLE:-s3://lake}/scored").resolve())
                .isEqualTo("s3://lake/scored");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThatThrownBy(() -> new Reference("a${env:NO_SUCH_VARIABLE}").resolve())
                .isInstanceOf(Reference.UnresolvedReferenceException.class)
                .hasMessage("environment variable NO_SUCH_VARIABLE is not set");
    }

    @Test
    void readsAFileWithoutItsLineEnd(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "pa$$w0rd\n");
        assertThat(new Reference("${file:" + secret + "}").resolve()).isEqualTo("pa$$w0rd");
    }

    @Test
    void readsAFileInAFolderThatAVariableNames(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("key$1"), "secret");
        System.setProperty("REFERENCE_FOLDER", directory.toString());

        assertThat(new Reference("a ${file:${env:REFERENCE_FOLDER}/key$1}").resolve())
                .isEqualTo("a secret");
        assertThat(new Reference("${file:${env:NO_SUCH_FOLDER:-" + directory + "}/key$1}").resolve())
                .isEqualTo("secret");
        assertThatThrownBy(() -> new Reference("${file:${evn:REFERENCE_FOLDER}/key}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reference("${env:${env:REFERENCE_FOLDER}}").resolve())
                .isInstanceOf(Reference.UnresolvedReferenceException.class);
    }

    @Test
    void showsItselfAsWritten() {
        System.setProperty("REFERENCE_TEST", "secret");
        assertThat(new Reference("${env:REFERENCE_TEST}")).hasToString("${env:REFERENCE_TEST}");
        assertThat(new Reference("${env:REFERENCE_TEST}").resolve()).isEqualTo("secret");
    }

    @Test
    void refusesAReferenceOfNoKnownKind() {
        assertThatThrownBy(() -> new Reference("${evn:PG_URL}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected ${env:NAME}, ${env:NAME:-default} or ${file:PATH}, but read '${evn:PG_URL}'");
    }
}
