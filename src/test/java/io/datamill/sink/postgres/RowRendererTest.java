package io.datamill.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import io.datamill.testing.Outcomes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRendererTest {
    @Test
    void refusesTheCharacterThatNoTextOfPostgresHolds() {
        assertThatThrownBy(() -> renderer("subject").render(Outcomes.of("id", 1, "a\u0000b")))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("subject holds the character U+0000, which Postgres does not take in any text");
        assertThatThrownBy(() -> renderer("subject").render(Outcomes.of("i\u0000d", 1, null)))
                .hasMessageStartingWith("event_id holds");
    }

    @Test
    void refusesThatCharacterWithinJsonToo() throws Exception {
        Schema list = SchemaBuilder.record("R")
                .fields()
                .name("names")
                .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .endRecord();
        Renderer renderer = Postgres.renderer(list, List.of("names"), new Lineage(Outcomes.PIPELINE));
        renderer.open();
        assertThatThrownBy(() -> renderer.render(
                        Outcomes.of("id", 1, null).withValues(new Object[] {List.of("fine", "\\\u0000")})))
                .hasMessageStartingWith("names holds");
        assertThatCode(() -> renderer.render(
                        Outcomes.of("id", 1, null).withValues(new Object[] {List.of("the text \\u0000, escaped")})))
                .doesNotThrowAnyException();
    }

    @Test
    void reportsEveryColumnThatIsNoField() {
        List<String> problems = new ArrayList<>();
        SinkPlanning planning = new SinkPlanning(
                "sinks[0].postgres",
                "postgres",
                Outcomes.SCHEMA,
                Outcomes.PIPELINE,
                (option, message) -> problems.add(option + ": " + message));
        Reference url = new Reference("jdbc:postgresql://localhost/x");
        List<String> columns = List.of("subjct", "trust.scor", "verdict", "verdict");
        assertThat(new Postgres.Config(url, "scored", null, columns, null).plan(planning))
                .isNull();
        assertThat(problems)
                .containsExactly(
                        "columns[0]: no field 'subjct'; did you mean 'subject'?",
                        "columns[1]: no field 'trust.scor'; did you mean 'trust.score'?",
                        "columns[3]: column 'verdict' is written already");
    }

    @Test
    void takesNoTableThatWouldHaveToBeEscaped() {
        assertThatThrownBy(() -> new Postgres.Config(new Reference("x"), "a\"; drop", null, List.of("v"), null))
                .hasMessageStartingWith("table 'a\"; drop' is not a name");
    }

    @ParameterizedTest
    @CsvSource({
        "22001, REFUSED", "23514, REFUSED", "54000, REFUSED", "42P01, FATAL", "28P01, FATAL", "3D000, FATAL",
        "08006, AGAIN", "57P01, AGAIN", "40P01, AGAIN", "53300, AGAIN", "25006, AGAIN", ", AGAIN"
    })
    void tellsWhatAFailureMeans(String state, SqlStates meaning) {
        assertThat(SqlStates.of(new SQLException("x", state))).isEqualTo(meaning);
        SQLException batch = new SQLException("batch");
        batch.setNextException(new SQLException("x", state));
        assertThat(SqlStates.of(batch)).isEqualTo(meaning);
    }

    private static Renderer renderer(String column) {
        Renderer renderer = Postgres.renderer(Outcomes.SCHEMA, List.of(column), new Lineage(Outcomes.PIPELINE));
        renderer.open();
        return renderer;
    }
}
