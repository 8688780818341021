package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import io.datamill.testing.StepRunner;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class DeriveTest {
    private static final Schema MAIL = SchemaBuilder.record("Mail")
            .fields()
            .requiredLong("size")
            .optionalString("subject")
            .endRecord();

    @Test
    void addsFieldsBehindThoseThatAreThere() throws Exception {
        StepRunner step = new StepRunner(MAIL, config("kb", "size / 1024", "named", "subject != null"));

        assertThat(step.run(4096L, null)).containsExactly(4096L, null, 4L, false);
        assertThat(step.output().getFields().stream().map(field -> field.name() + " " + field.schema()))
                .endsWith("kb \"long\"", "named \"boolean\"");
    }

    @Test
    void takesOverThatAFieldMayBeNull() throws Exception {
        StepRunner step = new StepRunner(MAIL, config("title", "subject"));

        assertThat(step.run(1L, null)).containsExactly(1L, null, null);
        assertThat(step.output().getField("title").schema().isNullable()).isTrue();
    }

    @Test
    void doesNotChangeTheEventItWasGiven() throws Exception {
        Object[] given = {4096L, null};

        new StepRunner(MAIL, config("kb", "size / 1024")).run(given);

        assertThat(given).containsExactly(4096L, null);
    }

    @Test
    void reportsEachExpressionThatDoesNotFit() throws Exception {
        StepRunner step =
                new StepRunner(MAIL, config("kb", "sise / 1024", "size", "1", "2x", "1", "s", "subject + 'x'"));

        assertThat(step.problems())
                .containsExactly(
                        "kb: column 1: no field 'sise'; did you mean 'size'?",
                        "size: field 'size' is there already; choose another name",
                        "2x: '2x' is no name for a field: letters, digits and _, no digit in front",
                        "s: column 1: 'subject' may be null: impute it first, or guard it: subject != null ? ... : ...");
    }

    @Test
    void rejectsAnEventForWhichThereIsNoValue() throws Exception {
        StepRunner step = new StepRunner(MAIL, config("share", "100 / size"));

        assertThatThrownBy(() -> step.run(0L, null))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("division by zero in: 100 / size");
    }

    private static Derive.Config config(String... namesAndExpressions) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndExpressions.length; i += 2) {
            fields.put(namesAndExpressions[i], namesAndExpressions[i + 1]);
        }
        return new Derive.Config(fields);
    }
}
