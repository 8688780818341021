package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.fitted;
import static io.datamill.step.fitted.Learner.learn;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.fitted.Encode.Kind;
import io.datamill.step.fitted.Encode.Unknown;
import io.datamill.testing.StepRunner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeTest {
    /** The example of scikit-learn's documentation of OneHotEncoder. */
    private static final Schema GENDER = schema("gender", "string", "group", "int?");

    private static final List<Object[]> SAMPLE =
            List.of(new Object[] {"Male", 1}, new Object[] {"Female", 3}, new Object[] {"Female", 2});

    @TempDir
    private Path folder;

    @Test
    void oneHotAgreesWithScikitLearn() throws Exception {
        StepRunner step = fitted(GENDER, config(Kind.ONE_HOT, null, null), SAMPLE);
        assertThat(TypeText.of(step.output())).isEqualTo("{gender: array<double>, group: array<double>?}");
        // enc.transform([['Female', 1], ['Male', 4]]) with handle_unknown='ignore', as documented.
        assertThat(step.run("Female", 1)).containsExactly(List.of(1.0, 0.0), List.of(1.0, 0.0, 0.0));
        assertThat(step.run("Male", 4)).containsExactly(List.of(0.0, 1.0), List.of(0.0, 0.0, 0.0));
        assertThat(step.run("Male", null)).containsExactly(List.of(0.0, 1.0), null);
    }

    @Test
    void ordinalAgreesWithScikitLearn() throws Exception {
        StepRunner step = fitted(GENDER, config(Kind.ORDINAL, null, null), SAMPLE);
        assertThat(TypeText.of(step.output())).isEqualTo("{gender: int, group: int?}");
        // OrdinalEncoder's example: transform([['Female', 3], ['Male', 1]]) is [[0, 2], [1, 0]].
        assertThat(step.run("Female", 3)).containsExactly(0, 2);
        assertThat(step.run("Male", 1)).containsExactly(1, 0);
        assertThat(step.run("x", 4)).containsExactly(-1, -1);
    }

    @Test
    void frequencyIsTheShareOfTheSample() throws Exception {
        StepRunner step = fitted(GENDER, config(Kind.FREQUENCY, null, null), SAMPLE);
        assertThat(step.run("Female", null)).containsExactly(2 / 3.0, null);
        assertThat(step.run("x", 9)).containsExactly(0.0, 0.0);
    }

    @Test
    void otherHasAPlaceOfItsOwn() throws Exception {
        assertThat(fitted(GENDER, config(Kind.ONE_HOT, Unknown.OTHER, null), SAMPLE)
                        .run("x", 3))
                .containsExactly(List.of(0.0, 0.0, 1.0), List.of(0.0, 0.0, 1.0, 0.0));
        assertThat(fitted(GENDER, config(Kind.ORDINAL, Unknown.OTHER, null), SAMPLE)
                        .run("x", 9))
                .containsExactly(2, 3);
        assertThat(fitted(GENDER, config(Kind.FREQUENCY, Unknown.OTHER, 1), SAMPLE)
                        .run("Male", 3))
                .containsExactly(1 / 3.0, 2 / 3.0);
    }

    @Test
    void rejectsAnUnknownCategoryWhereAsked() throws Exception {
        StepRunner step = fitted(GENDER, config(Kind.ONE_HOT, Unknown.REJECT, null), SAMPLE);
        assertThatThrownBy(() -> step.run("x".repeat(300), 1))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo("UNKNOWN_CATEGORY"))
                .hasMessage("field 'gender' is '" + "x".repeat(100) + "...', expected one of the 2 fitted categories");
        assertThat(step.run("Male", null)).containsExactly(List.of(0.0, 1.0), null);
    }

    @Test
    void keepsTheMostFrequentCategoriesInOrder() throws Exception {
        Schema input = schema("n", "long");
        List<Object[]> sample = List.of(row(10L), row(9L), row(10L), row(-1L), row(9L), row(7L));
        JsonNode learned = learn(input, one("n", Kind.ORDINAL, 3), sample).parameters();
        assertThat(learned.at("/fields/n/categories"))
                .extracting(JsonNode::asText)
                .containsExactly("-1", "9", "10");
        assertThat(learned.at("/fields/n/values").asInt()).isEqualTo(6);
    }

    @Test
    void encodesEnumsAndBooleans() throws Exception {
        Schema input = schema("e", "enum(red,blue)", "b", "boolean");
        Object red = new GenericData.EnumSymbol(input.getField("e").schema(), "red");
        Object blue = new GenericData.EnumSymbol(input.getField("e").schema(), "blue");
        var config = new Encode.Config(
                Map.of("e", Kind.ORDINAL, "b", Kind.ORDINAL),
                file(folder),
                null,
                null,
                null,
                Map.of("e", "code"),
                "by");
        StepRunner step = fitted(input, config, List.of(new Object[] {red, true}, new Object[] {blue, false}));
        assertThat(TypeText.of(step.output())).isEqualTo("{e: enum(red,blue), b: int, code: int, by: string}");
        assertThat(step.run(red, true)).startsWith(red, 1, 1);
    }

    @Test
    void hashingNeedsNoSample() throws Exception {
        var config = new Encode.Config(Map.of("gender", Kind.HASHING), null, null, 8, null, null, null);
        StepRunner step = new StepRunner(GENDER, config);
        // MurmurHash3 x86 32, seed 0, of "hello" is 0x248bfa47: modulo 8 it is 7.
        assertThat(step.run("hello", null)[0]).isEqualTo(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0));
    }

    @Test
    void aNumberThatWasOneCategoryIsOneVectorOfLengthOne() throws Exception {
        StepRunner step = fitted(GENDER, config(Kind.ONE_HOT, null, null), SAMPLE);
        for (Object[] row : SAMPLE) {
            for (Object vector : step.run(row)) {
                assertThat(((List<?>) vector)
                                .stream().mapToDouble(v -> (Double) v).sum())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void reportsFieldsThatHaveNoCategories() throws Exception {
        Schema input = schema("x", "double", "at", "timestamp");
        var config = new Encode.Config(Map.of("x", Kind.HASHING), null, null, null, null, null, null);
        assertThat(new StepRunner(input, config).problems())
                .containsExactly("fields.x: field 'x' is double, expected string, enum, boolean, int or long");
        assertThatThrownBy(() -> new Encode.Config(Map.of("x", Kind.ONE_HOT), null, null, null, null, null, null))
                .hasMessageStartingWith("fitted is missing");
        assertThatThrownBy(() -> new Encode.Config(null, null, null, null, null, null, null))
                .hasMessageStartingWith("fields: ");
        assertThatThrownBy(() -> learn(GENDER, config(Kind.ONE_HOT, null, null), List.<Object[]>of()))
                .hasMessage("field 'gender' has no value in the sample's 0 rows");
    }

    private static Object[] row(Object value) {
        return new Object[] {value};
    }

    private Encode.Config one(String field, Kind kind, Integer max) {
        return new Encode.Config(Map.of(field, kind), file(folder), null, null, max, null, null);
    }

    private Encode.Config config(Kind kind, Unknown unknown, Integer max) {
        Map<String, Kind> fields = new LinkedHashMap<>();
        fields.put("gender", kind);
        fields.put("group", kind);
        return new Encode.Config(fields, file(folder), unknown, null, max, null, null);
    }
}
