package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.line.LinePattern.OnMismatch;
import io.datamill.testing.StepRunner;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class GrokFieldTest {
    private static final Schema INPUT = Schema.createRecord("Log", null, "t", false, List.of(
            new Schema.Field("message", TypeText.parse("string?")), new Schema.Field("n", TypeText.parse("long"))));

    private static final String PATTERN = "%{LOGLEVEL:level} took %{NUMBER:ms:long}ms";

    @Test
    void addsWhatItCapturesBehindTheFields() throws Exception {
        StepRunner runner = new StepRunner(INPUT, config("message", PATTERN, null, null));
        assertThat(runner.problems()).isEmpty();
        assertThat(FieldTypes.describe(runner.output()))
                .isEqualTo("{message: string?, n: long, level: string?, ms: long?}");
        assertThat(runner.run("WARN took 15ms", 1L)).containsExactly("WARN took 15ms", 1L, "WARN", 15L);
    }

    @Test
    void rejectsATextThatDoesNotFitIsNullOrTooLong() throws Exception {
        StepRunner runner = new StepRunner(INPUT, config("message", PATTERN, null, 20));
        assertThat(reason(runner, "WARN took 15ms!")).isEqualTo("NO_MATCH");
        assertThat(reason(runner, null)).isEqualTo("NO_MATCH");
        assertThat(reason(runner, "WARN took 15000000000000ms")).isEqualTo("TEXT_TOO_LONG");
        assertThat(reason(runner, "WARN took 1.5ms")).isEqualTo("WRONG_TYPE");
    }

    @Test
    void givesNullsWhereToldTo() throws Exception {
        StepRunner runner = new StepRunner(INPUT, config("message", PATTERN, OnMismatch.NULLS, null));
        assertThat(runner.run("hello", 1L)).containsExactly("hello", 1L, null, null);
        assertThat(runner.run(null, 1L)).containsExactly(null, 1L, null, null);
        assertThat(reason(runner, "WARN took 1.5ms")).isEqualTo("WRONG_TYPE");
    }

    @Test
    void reportsAFieldThatIsMissingNoStringOrThereAlready() throws Exception {
        assertThat(new StepRunner(INPUT, config("mesage", PATTERN, null, null)).problems())
                .containsExactly("field: no field 'mesage'; did you mean 'message'?");
        assertThat(new StepRunner(INPUT, config("n", PATTERN, null, null)).problems())
                .containsExactly("field: field 'n' is long, expected a string");
        assertThat(new StepRunner(INPUT, config("message", "%{WORD:n}", null, null)).problems())
                .containsExactly("fields.n: field 'n' is there already; choose another name");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> config(null, PATTERN, null, null)).hasMessageStartingWith("field is missing");
        assertThatThrownBy(() -> config("message", null, null, null)).hasMessageStartingWith("pattern is missing");
        assertThatThrownBy(() -> config("message", "%{NO}", null, null)).hasMessageStartingWith("pattern names %{NO}");
        assertThatThrownBy(() -> config("message", PATTERN, null, 0)).hasMessageStartingWith("max-text is 0");
    }

    private static String reason(StepRunner runner, String message) {
        try {
            runner.run(message, 1L);
            return "none";
        } catch (RejectedEventException e) {
            return e.reason();
        }
    }

    private static GrokField.Config config(String field, String pattern, OnMismatch onMismatch, Integer maxText) {
        return new GrokField.Config(field, pattern, null, null, onMismatch, null, maxText);
    }
}
