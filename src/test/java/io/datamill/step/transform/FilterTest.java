package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import io.datamill.step.Planning;
import io.datamill.testing.StepRunner;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final Schema MAIL = SchemaBuilder.record("Mail")
            .fields()
            .requiredLong("size")
            .optionalBoolean("read")
            .endRecord();

    @Test
    void keepsWhatTheExpressionIsTrueOf() throws Exception {
        StepRunner step = new StepRunner(MAIL, new Filter.Config("size > 10"));

        assertThat(step.run(11L, null)).containsExactly(11L, null);
        assertThat(step.run(10L, null)).isNull();
        assertThat(step.output()).isEqualTo(MAIL);
    }

    @Test
    void countsWhatItDropsAsFiltered() {
        Planning planning = new Planning(MAIL, (option, message) -> {});

        assertThat(new Filter.Config("size > 10").plan(planning).dropped()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void asksForABoolThatIsNeverNull() throws Exception {
        assertThat(new StepRunner(MAIL, new Filter.Config("size")).problems())
                .containsExactly(": gives int, but bool is needed");
        assertThat(new StepRunner(MAIL, new Filter.Config("read")).problems())
                .containsExactly(": gives bool or null, but bool is needed");
    }

    @Test
    void rejectsAnEventItCannotJudge() throws Exception {
        StepRunner step = new StepRunner(MAIL, new Filter.Config("10 / size > 1"));

        assertThatThrownBy(() -> step.run(0L, null)).isInstanceOf(RejectedEventException.class);
    }
}
