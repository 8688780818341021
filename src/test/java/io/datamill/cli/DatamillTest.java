package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void everyCommandHelps() {
        CommandLine datamill = Datamill.commandLine();
        for (String command : datamill.getSubcommands().keySet()) {
            StringWriter help = new StringWriter();
            CommandLine one = Datamill.commandLine().setOut(new PrintWriter(help, true));
            assertThat(one.execute(command, "--help")).as(command).isZero();
            assertThat(help.toString()).as(command).contains("Usage: datamill " + command);
            assertThat(datamill.getSubcommands().get(command).getCommandSpec().usageMessage().description())
                    .as(command)
                    .isNotEmpty();
        }
    }

    @Test
    void printsACompletionThatBashTakes() throws Exception {
        StringWriter script = new StringWriter();
        assertThat(Datamill.commandLine().setOut(new PrintWriter(script, true)).execute("completion")).isZero();
        assertThat(script.toString()).contains("complete -F _complete_datamill", "'--until'", "explain");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        Process bash = new ProcessBuilder("/bin/bash", "-n").redirectErrorStream(true).start();
        try (OutputStream in = bash.getOutputStream()) {
            in.write(script.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    private int run(String... args) {
        CommandLine commandLine = Datamill.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
