package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.testing.StepRunner;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class DecideTest {
    private static final Schema SCORED =
            SchemaBuilder.record("Scored").fields().requiredDouble("score").endRecord();

    @Test
    void theFirstRuleThatIsTrueDecides() throws Exception {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("suspicious", "score < 0.4");
        labels.put("odd", "score < 0.6");
        StepRunner step = new StepRunner(SCORED, brief("score < 0.2", labels, "score < 0.8"));

        assertThat(step.run(0.1)).containsExactly(0.1, "quarantine", null, "quarantine");
        assertThat(step.run(0.3)).containsExactly(0.3, "label", "suspicious", "labels.suspicious");
        assertThat(step.run(0.5)).containsExactly(0.5, "label", "odd", "labels.odd");
        assertThat(step.run(0.7)).containsExactly(0.7, "label", "label", "label");
        assertThat(step.run(0.9)).containsExactly(0.9, "pass", null, null);
    }

    @Test
    void addsItsFields() throws Exception {
        StepRunner step = new StepRunner(SCORED, brief("score < 0.2", null, null));

        assertThat(step.output().getFields().stream().map(Schema.Field::name))
                .containsExactly("score", "verdict", "label", "rule");
    }

    @Test
    void reportsARuleThatDoesNotFit() throws Exception {
        StepRunner step = new StepRunner(SCORED, brief("score", Map.of("odd", "scor < 1"), null));

        assertThat(step.problems())
                .containsExactly(
                        "quarantine: gives double, but bool is needed",
                        "labels.odd: column 1: no field 'scor'; did you mean 'score'?");
    }

    @Test
    void needsARule() {
        assertThatThrownBy(() -> brief(null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected rules, or at least one of quarantine, labels, label, allow and deny");
    }

    private static Decide.Config brief(String quarantine, Map<String, String> labels, String label) {
        return new Decide.Config(quarantine, labels, label, null, null, null, null);
    }
}
