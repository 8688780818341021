package io.datamill.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackCommandTest {
    @TempDir
    private Path folder;

    private ServedPipeline pipeline;
    private String first;
    private String second;

    @BeforeEach
    void promoteTwo() throws Exception {
        pipeline = new ServedPipeline(folder);
        first = promoted(1, "2026-01-01T00:00:00Z");
        second = promoted(2, "2026-02-01T00:00:00Z");
    }

    @Test
    void letsTheVersionBeforeServeAgainAndKeepsTheHistory() throws Exception {
        String third = promoted(3, "2026-03-01T00:00:00Z");
        Instant before = Instant.now();
        assertThat(pipeline.run("rollback")).as(pipeline.err()).isZero();
        assertThat(serving()).extracting(Pointer.Serving::version).containsExactly(first, second, third, second);
        assertThat(Instant.parse(serving().get(3).from())).isBetween(before.plusSeconds(4), before.plusSeconds(60));
        assertThat(pipeline.out()).startsWith(second + " serves again").contains("instead of " + third);
    }

    @Test
    void goesBackToAVersionAndATimeThatAreGiven() throws Exception {
        String third = promoted(3, "2026-03-01T00:00:00Z");
        assertThat(pipeline.run("rollback", "--model", "--to", first, "--from", "2026-02-15T00:00:00Z"))
                .as(pipeline.err())
                .isZero();
        // What would have served from a later time on does not.
        assertThat(serving()).extracting(Pointer.Serving::version).containsExactly(first, second, first);
        assertThat(folder.resolve("models/" + third)).isDirectory();
    }

    @Test
    void refusesInOneLineWhereNothingCanServeInstead() throws Exception {
        String pointer = Files.readString(folder.resolve("models/current.json"));
        assertThat(pipeline.run("rollback", "--to", second)).isEqualTo(1);
        assertThat(pipeline.err()).startsWith("rollback: " + second + " serves already");
        assertThat(pipeline.run("rollback", "--to", "0123456789ab")).isEqualTo(1);
        assertThat(pipeline.err()).contains("0123456789ab/model.json: there is no such file");
        Files.writeString(folder.resolve("models/" + first + "/model.json"), "{}");
        assertThat(pipeline.run("rollback")).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("models/current.json"))).isEqualTo(pointer);

        ServedPipeline fresh = new ServedPipeline(Files.createTempDirectory(folder, "fresh"));
        assertThat(fresh.run("rollback")).isEqualTo(1);
        assertThat(fresh.err()).contains("there is no current.json: nothing has been promoted");
        fresh.promote("--model", fresh.goodModel(1));
        assertThat(fresh.run("rollback")).isEqualTo(1);
        assertThat(fresh.err()).startsWith("rollback: no version served before ");
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseHasPromotedMeanwhile() throws Exception {
        Served served = Served.read(ServedArtifact.find(pipeline.file(), ServedArtifact.What.MODEL, null));
        promoted(3, "2026-03-01T00:00:00Z");
        assertThatThrownBy(() -> served.rollBack(null, Instant.now())).hasMessageContaining("promoted meanwhile");
        assertThat(serving()).hasSize(3);
    }

    @Test
    void asksWhichWhereAModelAndRulesAreServed() throws Exception {
        pipeline.decide("{ rules: \"" + folder + "/rules\" }");
        assertThat(pipeline.run("rollback")).isEqualTo(1);
        assertThat(pipeline.err()).contains("give --model, --rules or --step: steps[1].score, steps[2].decide");
        assertThat(pipeline.run("rollback", "--step", "steps[1]"))
                .as(pipeline.err())
                .isZero();
    }

    @Test
    void takesAChallengerOutOfTheShadow() throws Exception {
        String challenger = pipeline.goodModel(3);
        pipeline.run("promote", "--model", challenger, "--shadow");
        String version = version(challenger);
        assertThat(pipeline.run("rollback", "--shadow", version))
                .as(pipeline.err())
                .isZero();
        assertThat(new ArtifactDirectory(folder + "/models").pointer().challengers())
                .isEmpty();
        assertThat(pipeline.run("rollback", "--shadow", version)).isEqualTo(1);
        assertThat(pipeline.err()).contains("does not score in the shadow");
    }

    @Test
    void listsVersionsWithWhatTheyAreAndSinceWhen() throws Exception {
        String later = promoted(3, "2999-01-01T00:00:00Z");
        String challenger = pipeline.goodModel(4);
        pipeline.run("promote", "--model", challenger, "--shadow");
        Files.createDirectory(folder.resolve("models/0123456789ab"));

        assertThat(pipeline.run("releases")).as(pipeline.err()).isZero();

        assertThat(pipeline.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "steps[1].score: " + folder + "/models, revision 4",
                        "VERSION NAME FROM IS",
                        later + " mails 2999-01-01T00:00:00Z to come",
                        second + " mails 2026-02-01T00:00:00Z champion",
                        first + " mails 2026-01-01T00:00:00Z before",
                        version(challenger) + " mails - challenger",
                        "0123456789ab (cannot be read) - kept");
    }

    private String promoted(int number, String from) throws Exception {
        String model = pipeline.goodModel(number);
        assertThat(pipeline.promote("--model", model, "--from", from))
                .as(pipeline.err())
                .isZero();
        return version(model);
    }

    private List<Pointer.Serving> serving() throws Exception {
        return new ArtifactDirectory(folder + "/models").pointer().serving();
    }

    private static String version(String directory) throws Exception {
        return ModelArtifact.read(directory).identity().version();
    }
}
