package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.training.GeneratedRows;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private List<GeneratedRows.Row> rows;
    private Path csv;
    private Path out;

    @BeforeEach
    void writeRows() throws IOException {
        rows = GeneratedRows.rows(300, 7);
        csv = GeneratedRows.csv(folder.resolve("clicks.csv"), rows);
        out = folder.resolve("click-trust");
    }

    @Test
    void learnsFromEveryNumberAndBooleanThatVaries() throws Exception {
        CommandRun run = train("--input", csv, "--group", "user", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();

        Model model = ModelArtifact.read(out.toString());
        assertThat(model.features()).extracting(NamedFeature::name).containsExactly("links", "heat", "known");
        assertThat(model.identity().name()).isEqualTo("click-trust");
        assertThat(run.json().get("model").asText()).isEqualTo(model.identity().toString());
        assertThat(run.json().get("auc").doubleValue()).isBetween(0.85, 1.0);
        assertThat(run.err()).contains("features left out, since they never vary: flat");
        JsonNode lineage = read(out, "training.json");
        assertThat(lineage.at("/origin/inputs/0/name").asText()).isEqualTo("clicks.csv");
        assertThat(lineage.at("/origin/inputs/0/rows").asInt()).isEqualTo(300);
        assertThat(lineage.at("/origin/inputs/0/sha256").asText())
                .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(csv)));
        assertThat(lineage.at("/data/groups").asInt()).isEqualTo(40);
        assertThat(lineage.at("/constant/0").asText()).isEqualTo("flat");
    }

    @Test
    void namesEachFileThatBelongsToTheModelWithItsDigest() throws Exception {
        train("--input", csv, "--out", out);
        Model model = ModelArtifact.read(out.toString());
        assertThat(model.files()).containsOnlyKeys("baseline.json", "features.json");
        for (Map.Entry<String, String> file : model.files().entrySet()) {
            assertThat(DigestUtils.sha256Hex(Files.readAllBytes(out.resolve(file.getKey()))))
                    .isEqualTo(file.getValue());
        }
        JsonNode heat = read(out, "baseline.json").at("/features/heat");
        assertThat(heat.get("absent").doubleValue()).isEqualTo(34 / 300.0, Offset.offset(1e-6));
        assertThat(heat.get("counts")).hasSize(heat.get("edges").size() + 1);
    }

    @Test
    void givesTheSameBytesForTheSameInputAndSeed() throws Exception {
        Path other = folder.resolve("again/click-trust");
        train("--input", csv, "--group", "user", "--out", out);
        train("--input", csv, "--group", "user", "--out", other);
        assertThat(files(other)).isEqualTo(files(out)).hasSize(5);

        train("--input", csv, "--group", "user", "--out", other, "--overwrite", "--seed", "2");
        assertThat(files(other).get("model.json")).isNotEqualTo(files(out).get("model.json"));
    }

    @Test
    void givesTheSameModelWhereverTheRowsStand() throws Exception {
        train("--input", csv, "--group", "user", "--out", out);
        List<GeneratedRows.Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));
        Path parts = Files.createDirectories(folder.resolve("parts"));
        GeneratedRows.csv(parts.resolve("a.csv"), shuffled.subList(0, 120));
        Path rest = GeneratedRows.csv(folder.resolve("rest.csv"), shuffled.subList(120, 300));
        Files.write(parts.resolve("_SUCCESS"), new byte[0]);
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(parts.resolve("b.csv.gz")))) {
            Files.copy(rest, zipped);
        }
        sameModel("--input", parts);
    }

    @Test
    void readsAvroAndParquetAsItReadsCsv() throws Exception {
        train("--input", csv, "--group", "user", "--out", out);
        sameModel("--input", GeneratedRows.avro(folder.resolve("clicks.avro"), rows));
        Path lake = folder.resolve("scored");
        GeneratedRows.parquet(lake.resolve("org_id=a/day=2026-01-01/part-1.parquet"), rows.subList(0, 100));
        GeneratedRows.parquet(lake.resolve("org_id=b/day=2026-01-01/part-2.parquet"), rows.subList(100, 300));
        Files.writeString(lake.resolve("org_id=b/.part-3.inprogress"), "half");
        sameModel("--input", lake);
    }

    private void sameModel(Object... arguments) throws Exception {
        Path other = folder.resolve("other/click-trust");
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--group", "user", "--out", other, "--overwrite"));
        CommandRun run = train(all.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(Files.readString(other.resolve("model.json")))
                .isEqualTo(Files.readString(out.resolve("model.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logistic", "boosting", "forest", "average"})
    void learnsByEachAlgorithmToTheSameBytes(String algorithm) throws Exception {
        Path other = folder.resolve("again/click-trust");
        CommandRun run = train("--input", csv, "--group", "user", "--algorithm", algorithm, "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("auc").doubleValue()).isGreaterThan(0.85);
        assertThat(ModelArtifact.read(out.toString()).identity().algorithm()).isEqualTo(algorithm);
        train("--input", csv, "--group", "user", "--algorithm", algorithm, "--out", other);
        assertThat(files(other)).isEqualTo(files(out));
    }

    @Test
    void choosesTheThresholdForAShareOfFalsePositives() throws Exception {
        CommandRun run = train("--input", csv, "--false-positives", "0.1", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        double threshold = run.json().get("threshold").doubleValue();
        assertThat(run.json().get("fpr").doubleValue()).isLessThanOrEqualTo(0.1);
        CommandRun evaluated = CommandRun.of("evaluate", "--model", out, "--input", csv, "--label", "bad");
        assertThat(evaluated.json().get("threshold").doubleValue())
                .isEqualTo(threshold)
                .isNotEqualTo(0.5);
        out = folder.resolve("x");
        refused("--false-positives: expected a share from 0 to 1, not 10.0", "--false-positives", "10");
    }

    @Test
    void joinsLabelsByIdAndTakesTheLastOfAnEvent() throws Exception {
        List<String> events = new ArrayList<>(List.of("event_id,links,known"));
        List<String> labels = new ArrayList<>(List.of("event_id,who,bad"));
        for (int i = 0; i < rows.size(); i++) {
            events.add("0" + i + "," + rows.get(i).links() + "," + (rows.get(i).known() ? 1 : 0));
            if (i >= 20) {
                labels.add("0" + i + ",ann," + !rows.get(i).bad()); // A mistake, mended below.
            }
        }
        for (int i = 20; i < rows.size(); i++) {
            labels.add("0" + i + ",bob," + rows.get(i).bad());
        }
        Path input = Files.write(folder.resolve("events.csv"), events);
        Path told = Files.write(folder.resolve("labels.csv"), labels);
        CommandRun run = train("--input", input, "--labels", told, "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("n").asInt()).isEqualTo(280);
        assertThat(run.json().get("auc").doubleValue()).isGreaterThan(0.8);
        assertThat(run.err()).contains("20 events left out: unlabelled");
        assertThat(read(out, "training.json").at("/data/bad").asInt()).isEqualTo(140);
    }

    @Test
    void readsTheLakeWithLabelsThatHaveAnOrderOfTheirOwn() throws Exception {
        Path scored = folder.resolve("scored");
        Path feedback = folder.resolve("feedback");
        GeneratedRows.lake(scored.resolve("org_id=acme/1.parquet"), "acme", rows.subList(0, 150), 0);
        GeneratedRows.lake(scored.resolve("org_id=other/1.parquet"), "other", rows.subList(150, 300), 0);
        // The later version stands in the earlier file.
        GeneratedRows.feedback(feedback.resolve("a.parquet"), "acme", rows.subList(0, 150), 2, true);
        GeneratedRows.feedback(feedback.resolve("b.parquet"), "acme", rows.subList(0, 150), 1, false);
        GeneratedRows.feedback(feedback.resolve("c.parquet"), "other", rows.subList(150, 300), 1, true);
        CommandRun run = train("--input", scored, "--labels", feedback, "--group", "user", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("n").asInt()).isEqualTo(300);
        assertThat(run.json().get("auc").doubleValue()).isGreaterThan(0.85);
        assertThat(ModelArtifact.read(out.toString()).features())
                .extracting(NamedFeature::name)
                .containsExactly("links", "heat", "known");
        assertThat(run.err()).doesNotContain("left out: repeated");
        // The lake's own time of the event.
        run = train("--input", scored, "--labels", feedback, "--split", "time", "--out", folder.resolve("by-time"));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @Test
    void usesOneOfSeveralCopiesAndNoneThatIsLabelledBothWays() throws Exception {
        List<GeneratedRows.Row> copied = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            GeneratedRows.Row row = rows.get(i);
            copied.add(new GeneratedRows.Row("id" + i, row.links(), row.heat(), row.known(), row.bad()));
        }
        copied.add(copied.get(0));
        copied.add(copied.get(0));
        GeneratedRows.Row one = copied.get(1);
        copied.add(new GeneratedRows.Row(one.user(), 0, null, false, !one.bad()));
        CommandRun run = train("--input", GeneratedRows.csv(csv, copied), "--once", "user", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("2 events left out: repeated", "2 events left out: contradictory");
        assertThat(run.json().get("n").asInt()).isEqualTo(299);
    }

    @Test
    void takesAValueOfAnyTextForTheBadOne() throws Exception {
        List<String> lines = new ArrayList<>(List.of("links,heat,is what?"));
        rows.forEach(row -> lines.add(row.links() + "," + (row.heat() == null ? "" : row.heat()) + ","
                + (row.bad() ? "phish" : row.known() ? "ham" : "list")));
        Files.write(csv, lines);
        CommandRun run = CommandRun.of(
                "train",
                "--input",
                csv,
                "--label",
                "is what?",
                "--bad",
                "phish",
                "--algorithm",
                "logistic",
                "--out",
                out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(read(out, "training.json").at("/data/bad").asInt()).isEqualTo(150);
        assertThat(run.json().get("auc").doubleValue()).isGreaterThan(0.7);
    }

    @Test
    void looksAtWhatFeaturesDeclare() throws Exception {
        Files.createDirectories(out);
        Files.writeString(
                out.resolve("features.json"),
                "{\"many\": {\"kind\": \"log1p\", \"of\": {\"kind\": \"number\", \"field\": \"links\", \"absent\": 0.0}}}");
        CommandRun run = train("--input", csv, "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(ModelArtifact.read(out.toString()).features())
                .extracting(NamedFeature::name)
                .containsExactly("many");

        Files.writeString(
                folder.resolve("f.json"), "{\"x\": {\"kind\": \"number\", \"field\": \"linkz\", \"absent\": 0.0}}");
        out = folder.resolve("x");
        refused("feature 'x': no field 'linkz'; did you mean 'links'?", "--features", folder.resolve("f.json"));
        refused("f2.json: there is no such file", "--features", folder.resolve("f2.json"));
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        FileSystem.initialize(new Configuration(), null); // Another test may have left more than there is.
        refused("--group: no field 'usr'; did you mean 'user'?", "--group", "usr");
        refused("--once: no field 'nobody'", "--once", "nobody");
        refused("--split time: an event has no time; give --time FIELD", "--split", "time");
        refused("expected at least 5 groups, to hold some out; found 2", "--group", "known");
        refused("name: expected [a-z0-9][a-z0-9-]{0,63}; found 'My Model'", "--name", "My Model");
        refused("s3://lake/scored: there is no file system for it here", "--labels", "s3://lake/scored");
        refused("not: a directory without files", "--labels", Files.createDirectory(folder.resolve("not")));
        Files.writeString(csv, GeneratedRows.HEADER + "\nu1,1,2,true,7,x,maybe\n");
        refused("--label: 'bad' is 'maybe'; expected true or false, 1 or 0, or give --bad VALUE");
        Files.writeString(csv, GeneratedRows.HEADER + "\nu1,1,2,true,7,x\n");
        refused("clicks.csv:2: 6 columns, expected 7 as in the header");
        Files.writeString(csv, GeneratedRows.HEADER + "\n");
        refused("no labelled events to learn from");
        GeneratedRows.csv(csv, rows.subList(0, 30));
        refused("expected at least 20 different events of each kind; found 15 good and 15 bad");
        Files.writeString(csv, "links,bad,links\n");
        refused("clicks.csv: column 3 is 'links' once more in the first line");
        GeneratedRows.avro(csv, rows);
        refused("clicks2.csv is CSV, but", GeneratedRows.csv(folder.resolve("clicks2.csv"), rows));
        assertThat(out).doesNotExist();
    }

    @Test
    void neverReplacesAnotherModelUnasked() throws Exception {
        train("--input", csv, "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("model.json"));
        refused("there is a model already; give --overwrite to replace it", "--seed", "5");
        assertThat(Files.readAllBytes(out.resolve("model.json"))).isEqualTo(before);
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("letter.txt"), "dear");
        CommandRun run = train("--input", csv, "--out", home);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("it holds what is no model's: letter.txt; give a directory of its own");
        assertThat(home.resolve("letter.txt")).hasContent("dear");
    }

    @Test
    void leavesNothingBesideTheModel() throws Exception {
        train("--input", csv, "--out", out);
        train("--input", csv, "--out", out, "--overwrite");
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children.map(child -> child.getFileName().toString()))
                    .containsExactlyInAnyOrder("clicks.csv", "click-trust");
        }
    }

    @Test
    void reportsInOneFileThatNeedsNothingElse() throws Exception {
        Path odd = GeneratedRows.csv(folder.resolve("<script>alert(1)<&.csv"), rows);
        train("--input", odd, "--group", "user", "--out", out);
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report)
                .contains("click-trust@", "ROC", "Calibration", "Scores by class", "Precision and recall")
                .contains("What moves the score", "Suggested thresholds", "&lt;script&gt;alert(1)")
                .doesNotContain("<script", "http:", "https:", "<link", "<img", "@import", "url(", "NaN", "Infinity");
        assertThat(report.split("<svg", -1)).hasSize(6);
    }

    @Test
    void holdsOutByTimeWhereItIsAsked() throws Exception {
        List<String> lines = new ArrayList<>(List.of("at,links,bad"));
        for (int i = 0; i < rows.size(); i++) {
            lines.add((1_700_000_000_000L + i * 60_000L) + "," + rows.get(i).links() + ","
                    + rows.get(i).bad());
        }
        Files.write(csv, lines);
        CommandRun run = train("--input", csv, "--split", "time", "--time", "at", "--out", out);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(read(out, "training.json").at("/origin/split").asText()).isEqualTo("time");
        assertThat(ModelArtifact.read(out.toString()).features())
                .extracting(NamedFeature::name)
                .containsExactly("links");
    }

    private void refused(String message, Object... more) {
        List<Object> all = new ArrayList<>(List.of("--input", csv));
        if (more.length == 1) {
            all.add(more[0]);
        } else {
            all.addAll(List.of(more));
        }
        all.addAll(List.of("--out", out));
        CommandRun run = train(all.toArray());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines().findFirst().orElse("").replace(":", "")).contains(message.replace(":", ""));
    }

    private static CommandRun train(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("train", "--label", "bad"));
        if (!List.of(arguments).contains("--algorithm")) {
            all.addAll(List.of("--algorithm", "logistic")); // The fastest.
        }
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray());
    }

    private static JsonNode read(Path directory, String file) throws IOException {
        return JSON.readTree(Files.readAllBytes(directory.resolve(file)));
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        directory.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
