package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.pipeline.YamlStep;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.testing.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ImputeTest {
    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema COLOUR = Schema.createEnum("Colour", null, null, List.of("RED", "BLUE"));
    private static final Schema INPUT = SchemaBuilder.record("R")
            .fields()
            .optionalString("spf")
            .optionalInt("count")
            .requiredString("id")
            .optionalLong("size")
            .name("at")
            .type(Schema.createUnion(TIME, Schema.create(Schema.Type.NULL)))
            .noDefault()
            .name("colour")
            .type(Schema.createUnion(Schema.create(Schema.Type.NULL), COLOUR))
            .noDefault()
            .optionalDouble("ratio")
            .optionalBoolean("flag")
            .endRecord();

    private final List<String> problems = new ArrayList<>();
    private final Planning planning = new Planning(INPUT, (option, message) -> problems.add(option + ": " + message));

    @Test
    void putsConstantsWhereAFieldIsNullAndLeavesTheRest() throws Exception {
        StatelessStep impute = planned(Map.of("spf", "none", "count", 0));
        Event event = Events.event("1", 0, null, 5, "x", null, 1L, null, null, null);
        assertThat(impute.apply(event).values()).containsExactly("none", 5, "x", null, 1L, null, null, null);
        assertThat(event.values()[0]).as("the event given stays as it was").isNull();
    }

    @Test
    void givesTheSameEventWhereNothingIsNull() throws Exception {
        Event event = Events.event("1", 0, "pass", 5, "x", 1L, 1L, null, null, null);
        assertThat(planned(Map.of("spf", "none", "count", 0)).apply(event)).isSameAs(event);
    }

    @Test
    void makesTheFieldNeverNull() throws Exception {
        planned(Map.of("spf", "none", "at", 5));
        assertThat(planning.output().getField("spf").schema().isNullable()).isFalse();
        assertThat(planning.output().getField("at").schema()).isEqualTo(TIME);
        assertThat(planning.output().getField("count").schema().isNullable()).isTrue();
        assertThat(planning.replaced()).containsExactlyInAnyOrder("spf", "at");
    }

    @Test
    void bringsConstantsToTheTypeOfTheField() throws Exception {
        StatelessStep impute = planned(Map.of(
                "size", 7, "at", "2026-01-01T00:00:00Z", "colour", "BLUE", "ratio", 1, "flag", false, "count", 3));
        Object[] values = impute.apply(Events.event("1", 0, null, null, "x", null, null, null, null, null))
                .values();
        assertThat(values[3]).isEqualTo(7L);
        assertThat(values[4]).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertThat(values[5]).hasToString("BLUE");
        assertThat(values[6]).isEqualTo(1.0);
        assertThat(values[7]).isEqualTo(false);
    }

    @Test
    void reportsEveryConstantThatDoesNotFit() {
        Map<String, Object> constants = new LinkedHashMap<>();
        constants.put("spff", "none");
        constants.put("spf", 1);
        constants.put("count", 1L << 40);
        constants.put("id", "x");
        constants.put("at", "yesterday");
        constants.put("colour", "GREEN");
        constants.put("flag", null);
        assertThat(new Impute.Config(constants).plan(planning)).isNull();
        assertThat(problems)
                .containsExactly(
                        "spff: no field 'spff'; did you mean 'spf'?",
                        "spf: 1 is no string",
                        "count: 1099511627776 is no int",
                        "id: field 'id' is never null; leave it out",
                        "at: the string 'yesterday' is no timestamp",
                        "colour: the string 'GREEN' is no enum(RED,BLUE)",
                        "flag: null is no boolean");
    }

    @Test
    void bringsTextToDatesAndDecimals() throws Exception {
        YamlStep step = new YamlStep(
                "{ impute: { day: 2024-02-29, price: 12.5, rate: 7 } }",
                "{ day: date?, price: \"decimal(4,2)?\", rate: \"decimal(3,1)?\" }");

        assertThat(step.run("{ day: null, price: null, rate: null }"))
                .isEqualTo("{day: 2024-02-29, price: 12.50, rate: 7.0}");
        assertThat(new YamlStep(
                                "{ impute: { day: 2023-02-29, price: 12.345, rate: true } }",
                                "{ day: date?, price: \"decimal(4,2)?\", rate: \"decimal(3,1)?\" }")
                        .problems())
                .containsExactly(
                        "day: the string '2023-02-29' is no date",
                        "price: 12.345 is no decimal(4,2)",
                        "rate: true is no decimal(3,1)");
    }

    @Test
    void refusesToBeEmpty() {
        assertThatThrownBy(() -> new Impute.Config(Map.of())).hasMessageStartingWith("expected { field: constant }");
    }

    private StatelessStep planned(Map<String, Object> constants) throws Exception {
        StatelessStep step = (StatelessStep) new Impute.Config(constants).plan(planning);
        assertThat(problems).isEmpty();
        StatelessStep arrived = InstantiationUtil.clone(step);
        arrived.open();
        return arrived;
    }
}
