package io.datamill.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.CommandLines;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.cli.training.RetainedEvents.Retained;
import io.datamill.step.score.BoundModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Backtests on what the lake's own sink has written, with analysts' labels beside it. */
class PromoteFromLakeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static StoredRun run;
    private static Path labels;

    @BeforeAll
    static void runPipeline() throws Exception {
        run = new StoredRun(folder);
        labels = folder.resolve("labels.csv");
        StringBuilder csv = new StringBuilder("event_id,tenant,verdict\n");
        for (int i = 0; i < 300; i += 2) {
            csv.append("e%d,%s,%s\n".formatted(i, i % 3 == 0 ? "beta" : "acme", i % 4 == 0 ? "spam" : "ham"));
        }
        Files.writeString(labels, csv);
    }

    @Test
    void changesNoVerdictWhereRulesSayTheSameOfTheRecordedScores() throws Exception {
        Path same = Files.createDirectory(folder.resolve("same"));
        Files.writeString(
                same.resolve("rules.yaml"), Files.readString(folder.resolve("rules/rules.yaml")) + "# The same.\n");

        JsonNode overall = backtest("--rules", same.toString()).at("/overall");

        // Half of the events have a score of another model than serves now: it is not computed again.
        assertThat(overall.at("/counts/events").asInt()).isEqualTo(300);
        assertThat(overall.at("/changed").asDouble()).isZero();
        Map<String, Integer> recorded = new TreeMap<>();
        int verdict = RetainedEvents.of(List.of(run.lake()))
                .schema()
                .getField("verdict")
                .pos();
        for (Retained row : rows()) {
            boolean labelled = Integer.parseInt(row.id().substring(1)) % 4 == 2;
            recorded.merge(labelled && !row.values()[verdict].equals("pass") ? "stopped" : "other", 1, Integer::sum);
        }
        assertThat(Math.toIntExact(
                        Math.round(overall.at("/after/false_positives").asDouble()
                                * overall.at("/counts/good").asInt())))
                .isEqualTo(recorded.get("stopped"));
    }

    @Test
    void comparesTheScoresOfBothModelsOnTheRecordedProfiles() throws Exception {
        RetainedEvents events = RetainedEvents.of(List.of(run.lake()));
        ServedArtifact artifact = ServedArtifact.find(run.pipeline(), ServedArtifact.What.MODEL, null);
        Map<String, Integer> expected = new TreeMap<>();
        try (RecordedModels models = new RecordedModels(artifact, events.schema())) {
            for (Retained row : rows()) {
                String old = verdict(models, run.versions.get(1), row);
                String next = verdict(models, run.versions.get(2), row);
                if (!old.equals(next)) {
                    expected.merge(old + " -> " + next, 1, Integer::sum);
                }
            }
        }

        JsonNode overall =
                backtest("--model", folder + "/models/" + run.versions.get(2)).at("/overall");

        assertThat(expected).hasSizeGreaterThan(1);
        Map<String, Integer> changes = new TreeMap<>();
        overall.at("/changes")
                .properties()
                .forEach(one -> changes.put(one.getKey(), one.getValue().asInt()));
        assertThat(changes).isEqualTo(expected);
    }

    private static String verdict(RecordedModels models, String version, Retained row) throws Exception {
        BoundModel bound = models.find("mails@" + version).orElseThrow().bound();
        double score = BoundModel.probability(bound.margin(row.values()));
        return score < 0.2 ? "quarantine" : score < 0.3 ? "label" : "pass";
    }

    private static List<Retained> rows() throws Exception {
        List<Retained> rows = new ArrayList<>();
        RetainedEvents.of(List.of(run.lake())).forEach(rows::add);
        return rows;
    }

    private static JsonNode backtest(String... options) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine datamill = CommandLines.datamill();
        datamill.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        Stream<String> common = Stream.of(
                "promote",
                run.pipeline().toString(),
                "--input",
                run.lake(),
                "--labels",
                labels.toString(),
                "--label",
                "verdict",
                "--bad",
                "spam",
                "--dry-run",
                "--json");
        // Labels at random make both a bad model: it is refused, and the figures are told.
        datamill.execute(Stream.concat(common, Stream.of(options)).toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        return JSON.readTree(out.toString()).get("backtest");
    }
}
