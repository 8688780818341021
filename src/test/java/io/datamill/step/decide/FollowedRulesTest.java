package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.step.Planning;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.artifact.Releases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedRulesTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("E").fields().requiredDouble("score").endRecord();
    private static final long CHANGE = 5_000;

    @TempDir
    private Path folder;

    private ArtifactDirectory directory;
    private String strict;

    @BeforeEach
    void publish() throws Exception {
        directory = new ArtifactDirectory(folder.toString());
        directory.write(Pointer.first(version("score < 0.2"), Instant.EPOCH));
        strict = version("score < 0.8");
    }

    @Test
    void changesTheRulesAtAnArrivalTimeAndSaysWhichDecided() throws Exception {
        Decide decide = planned();
        assertThat(decide.apply(event(CHANGE)).values()[1]).isEqualTo("pass");

        directory.write(directory.pointer().promoting(strict, Instant.ofEpochMilli(CHANGE)));
        decide.take(Releases.read(decide.watch()));

        assertThat(decide.apply(event(CHANGE - 1)).values()[1]).isEqualTo("pass");
        assertThat(decide.apply(event(CHANGE)).values())
                .containsSubsequence("quarantine", null, "low", "mail-rules@" + strict);
    }

    @Test
    void keepsItsRulesWhereOthersDoNotFitTheEvents() throws Exception {
        Decide decide = planned();
        directory.write(directory.pointer().promoting(version("scroe < 0.8"), Instant.ofEpochMilli(CHANGE)));

        assertThatThrownBy(() -> decide.take(Releases.read(decide.watch())))
                .isInstanceOf(InvalidArtifactException.class)
                .hasMessageContaining("rule 'low'")
                .hasMessageContaining("scroe");
        assertThat(decide.apply(event(CHANGE)).values()[1]).isEqualTo("pass");
    }

    private Decide planned() throws Exception {
        ListOrReference<Rule> rules = new ListOrReference<>(null, new Reference(folder.toString()));
        Planning planning = new Planning(SCHEMA, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        Decide decide = (Decide) new Decide.Config(null, Map.of(), null, rules, null, null, null).plan(planning);
        decide.open();
        return decide;
    }

    /** Publishes a rule set, and gives its version. */
    private String version(String when) throws Exception {
        byte[] file = ("format: 1\nname: mail-rules\nrules:\n  - { name: low, when: \"" + when
                        + "\", verdict: quarantine }\n")
                .getBytes(StandardCharsets.UTF_8);
        String version = RuleSet.of("rules.yaml", file).version();
        java.nio.file.Files.createDirectory(folder.resolve(version));
        directory.write(version + "/rules.yaml", file);
        return version;
    }

    private static Event event(long arrivalTime) {
        SourceRecord record = new SourceRecord(new Position("s", "0", "1", arrivalTime), "k", new byte[0]);
        return new Event(new Header("t", "e", 0, null, record), "k", new Object[] {0.5});
    }
}
