package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DatamillTest {
    private final StringWriter err = new StringWriter();

    @Test
    void answersAUsersMistakeWithOneLineAndStatus1() {
        assertThat(run("frobnicate")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("datamill: Unmatched argument at index 0: 'frobnicate'")
                .contains("See 'datamill --help'.");
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        assertThat(run("migrate", "--postgres-url", "${env:NO_SUCH_VARIABLE}")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("migrate: environment variable NO_SUCH_VARIABLE is not set");
    }

    @Test
    void answersAFailureWithOneLineAndStatus2() {
        assertThat(run("migrate", "--postgres-url", "jdbc:postgresql://127.0.0.1:1/none"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith("migrate: ");
    }

    private int run(String... args) {
        CommandLine commandLine = Datamill.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
