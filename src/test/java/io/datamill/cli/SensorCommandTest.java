package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SensorCommandTest {
    private static final String SCHEMAS = "kinesis-fixtures/email-metadata/schemas";

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeMails() throws IOException {
        Files.createDirectory(directory.resolve("mails"));
        for (int i = 1; i <= 3; i++) {
            Files.writeString(
                    directory.resolve("mails/" + i + ".eml"),
                    "From: ann@sender.example\nSubject: " + i + "\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nx\n");
        }
    }

    @Test
    void writesTheChosenVersionToAFileThatHoldsItsSchema() throws IOException {
        assertThat(run("--schema", "email-metadata-v2", "--compress", "--limit", "2"))
                .isZero();

        List<GenericRecord> records = written();
        assertThat(records)
                .extracting(record -> record.get("subject").toString())
                .containsExactly("1", "2");
        assertThat(records.get(0).get("sender_domain")).hasToString("sender.example");
        assertThat(err).hasToString("2 mails sent" + System.lineSeparator());
    }

    @Test
    void asIfNowMovesTheTimes() throws IOException {
        long before = System.currentTimeMillis();
        assertThat(run("--as-if-now", "--rate", "1000")).isZero();

        assertThat(written()).hasSize(3).allMatch(record -> (Long) record.get("received_at") >= before);
    }

    @Test
    void writesALabelForEachMailUnderItsEventId() throws IOException {
        Path labels = directory.resolve("labels.csv");
        assertThat(run("--labels", labels.toString(), "--label", "spam=1")).isZero();

        List<String> expected = new ArrayList<>(List.of("tenant,event_id,spam"));
        written().forEach(record -> expected.add("acme," + record.get("event_id") + ",1"));
        assertThat(Files.readAllLines(labels)).isEqualTo(expected).hasSize(4);
        assertThat(run("--labels", labels.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("give --labels FILE and --label NAME=VALUE together");
        assertThat(run("--labels", labels.toString(), "--label", "spam")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--label: expected NAME=VALUE, such as spam=1; found 'spam'");
    }

    @Test
    void refusesARateOfZeroAndAMissingTarget() {
        assertThat(run("--rate", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--rate must be above 0");
        assertThat(execute(directory.toString(), "--org", "acme", "--registry", SCHEMAS))
                .isEqualTo(CommandLine.ExitCode.USAGE);
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                directory.resolve("mails").toString(),
                "--org",
                "acme",
                "--registry",
                SCHEMAS,
                "--output",
                directory.resolve("out.avro").toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new CommandLine(new SensorCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<GenericRecord> written() throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(directory.resolve("out.avro").toFile(), new GenericDatumReader<>())) {
            reader.forEach(records::add);
        }
        return records;
    }
}
