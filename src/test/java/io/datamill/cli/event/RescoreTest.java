package io.datamill.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.step.decide.Decider;
import io.datamill.step.score.BoundModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lake holds, scored again by the versions that it names, gives the very same numbers and verdicts. */
class RescoreTest {
    @TempDir
    private Path folder;

    @Test
    void givesEveryStoredScoreAgainBitForBit() throws Exception {
        StoredRun run = new StoredRun(folder);
        ServedArtifact artifact = ServedArtifact.find(run.pipeline(), ServedArtifact.What.MODEL, null);
        RetainedEvents events = RetainedEvents.of(List.of(run.lake()));
        int trust = events.schema().getField("trust").pos();
        List<Object[]> rows = new ArrayList<>();
        events.forEach(event -> rows.add(event.values()));
        Set<String> used = new TreeSet<>();
        Set<Double> scores = new TreeSet<>();

        try (RecordedModels models = new RecordedModels(artifact, events.schema())) {
            for (Object[] row : rows) {
                ScoreTold told = ScoreTold.of("trust", (IndexedRecord) row[trust], row, models, false);
                assertThat(Double.doubleToLongBits(told.again().score()))
                        .isEqualTo(Double.doubleToLongBits(told.recorded()));
                for (ScoreTold.Shadow shadow : told.shadow()) {
                    double again = BoundModel.probability(
                            models.find(shadow.model()).orElseThrow().bound().margin(row));
                    assertThat(Double.doubleToLongBits(again)).isEqualTo(Double.doubleToLongBits(shadow.score()));
                    used.add(shadow.model());
                }
                used.add(told.model());
                scores.add(told.recorded());
            }
        }

        assertThat(rows).hasSize(300);
        assertThat(scores).hasSizeGreaterThan(200);
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        run.versions.stream().map(version -> "mails@" + version).toList());
    }

    @Test
    void givesEveryStoredVerdictAgain() throws Exception {
        StoredRun run = new StoredRun(folder);
        RetainedEvents events = RetainedEvents.of(List.of(run.lake()));
        List<StoredEvent> stored = new ArrayList<>();
        events.forEach(
                event -> stored.add(new StoredEvent(event.tenant(), event.id(), events.schema(), event.values())));
        Set<String> verdicts = new TreeSet<>();
        for (int i = 0; i < stored.size(); i += 10) {
            StoredEvent event = stored.get(i);
            DecisionTold told = DecisionTold.of(run.pipeline(), event).orElseThrow();
            String decided = told.answers().stream()
                    .filter(answer -> "true".equals(answer.says()))
                    .map(Decider.Answer::rule)
                    .findFirst()
                    .orElse(null);
            assertThat(decided).isEqualTo(told.rule());
            verdicts.add(told.verdict());
        }
        assertThat(verdicts).contains("quarantine", "pass");
    }
}
