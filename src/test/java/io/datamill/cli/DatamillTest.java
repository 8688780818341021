package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("valdate", "x.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("did you mean 'validate'?");
    }

    @Test
    void saysOfEachCommandWhatIsWrongWithAFile(@TempDir Path folder) throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        String races = "flink-conf/pipelines/races.yaml";
        List<String[]> mistakes = List.of(
                new String[] {"validate", empty.toString()},
                new String[] {"explain", empty.toString()},
                new String[] {"test", empty.toString()},
                new String[] {"try", empty.toString(), "--input", races},
                new String[] {"fit", empty.toString(), "--input", races, "--out", "x"},
                new String[] {"validate", bytes.toString()},
                new String[] {"explain", bytes.toString()},
                new String[] {"test", bytes.toString()},
                new String[] {"try", races, "--input", empty.toString()},
                new String[] {
                    "try",
                    races,
                    "--input",
                    races,
                    "--output",
                    folder.resolve("no/x").toString()
                },
                new String[] {"try", races, "--input", races, "--output", empty.toString()});
        for (String[] mistake : mistakes) {
            err.getBuffer().setLength(0);
            assertThat(run(mistake)).as(String.join(" ", mistake)).isEqualTo(1);
            assertThat(err.toString().lines()).as(String.join(" ", mistake)).hasSize(1);
            assertThat(err.toString())
                    .containsAnyOf(
                            "a directory",
                            "not a text in UTF-8",
                            "no such file or directory",
                            "no directory",
                            "Is a directory");
        }
    }

    @Test
    void anUnsetVariableOfAStepIsTheUsersMistake(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                pipeline: unset
                adapter: { json: { fields: { ip: string } } }
                event: {}
                steps: [ { geoip: { ip: ip, database: "${env:NO_SUCH_VARIABLE}", as: geo } } ]
                """);
        Path records = Files.writeString(folder.resolve("r.json"), "{\"ip\":\"8.8.8.8\"}");
        assertThat(run("try", file.toString(), "--input", records.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("try: steps[0].geoip cannot start: environment variable NO_SUCH_VARIABLE is not set");
    }

    @Test
    void tellsAWrongUrlWithoutIt() {
        assertThat(run("migrate", "--postgres-url", "${env:HOME}")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("migrate: --postgres-url ${env:HOME}: expected a URL such as jdbc:postgresql://");
    }

    @Test
    void everyCommandHelps() {
        CommandLine datamill = Datamill.commandLine();
        for (String command : datamill.getSubcommands().keySet()) {
            StringWriter help = new StringWriter();
            CommandLine one = Datamill.commandLine().setOut(new PrintWriter(help, true));
            assertThat(one.execute(command, "--help")).as(command).isZero();
            assertThat(help.toString()).as(command).contains("Usage: datamill " + command);
            assertThat(datamill.getSubcommands()
                            .get(command)
                            .getCommandSpec()
                            .usageMessage()
                            .description())
                    .as(command)
                    .isNotEmpty();
        }
    }

    @Test
    void printsACompletionThatBashTakes() throws Exception {
        StringWriter script = new StringWriter();
        assertThat(Datamill.commandLine().setOut(new PrintWriter(script, true)).execute("completion"))
                .isZero();
        assertThat(script.toString()).contains("complete -F _complete_datamill", "'--until'", "explain");
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        Process bash =
                new ProcessBuilder("/bin/bash", "-n").redirectErrorStream(true).start();
        try (OutputStream in = bash.getOutputStream()) {
            in.write(script.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    private int run(String... args) {
        CommandLine commandLine = Datamill.commandLine();
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
