package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro knows a type by its name: in no planned schema may one name stand for two. */
class TypeNamesTest {
    @Test
    void recordsOfTheSameNameByTheirPathsStayTwo() throws Exception {
        Plan plan = trial("""
                pipeline: names
                adapter: { json: { fields: { a_b: { x: int }, a: { b: { y: string } }, Event: { z: [ { z: int } ] } } } }
                event: {}
                steps:
                  - derive: { sum: "a_b.x + Event.z[0].z", text: "a.b.y" }
                """);

        Schema outcome = plan.outcome();
        assertThat(new Schema.Parser().parse(outcome.toString())).isEqualTo(outcome);
        assertThat(outcome.getField("Event").schema().getFields())
                .extracting(Schema.Field::name)
                .containsExactly("z");
    }

    @Test
    void twoInputsTypesOfOneNameAreRefused(@TempDir Path folder) throws Exception {
        String record = """
                {"type":"record","name":"%s","namespace":"n","fields":[{"name":"%s","type":
                  {"type":"record","name":"Address","fields":[{"name":"%s","type":"string"}]}}]}
                """;
        Path one = Files.writeString(folder.resolve("one.avsc"), record.formatted("One", "home", "city"));
        Path two = Files.writeString(folder.resolve("two.avsc"), record.formatted("Two", "work", "street"));

        assertThatThrownBy(() -> trial("""
                pipeline: names
                inputs:
                  one: { adapter: { avro: { framing: bare, file: "%s" } }, event: {} }
                  two: { adapter: { avro: { framing: bare, file: "%s" } }, event: {} }
                """.formatted(one, two)))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("'home' and 'work' are of two types of one name, n.Address");
    }

    @Test
    void nullMayStandOnEitherSideOfATypeThatIsMerged(@TempDir Path folder) throws Exception {
        String record = """
                {"type":"record","name":"R","fields":[{"name":"a","type":%s}]}""";
        Path one = Files.writeString(folder.resolve("one.avsc"), record.formatted("[\"null\",\"string\"]"));
        Path two = Files.writeString(folder.resolve("two.avsc"), record.formatted("[\"string\",\"null\"]"));

        Plan plan = trial("""
                pipeline: names
                inputs:
                  one: { adapter: { avro: { framing: bare, file: "%s" } }, event: {} }
                  two: { adapter: { avro: { framing: bare, file: "%s" } }, event: {} }
                """.formatted(one, two));

        assertThat(plan.outcome().getField("a").schema().isNullable()).isTrue();
    }

    @Test
    void aStepThatAddsATypeUnderATakenNameIsRefused() {
        assertThatThrownBy(() -> trial("""
                pipeline: names
                adapter: { json: { fields: { a: string, b: string } } }
                event: {}
                steps:
                  - cast: { a: "enum(x_y)" }
                  - cast: { b: "enum(x,y)" }
                """))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("steps[1].cast: 'a' and 'b' are of two types of one name");
    }

    private static Plan trial(String yaml) throws InvalidPipelineException {
        return new Planner(Catalog.STANDARD).trial().plan(yaml);
    }
}
