package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.fitted;
import static io.datamill.step.fitted.Learner.learn;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.TypeText;
import io.datamill.step.fitted.ImputeFitted.Kind;
import io.datamill.testing.StepRunner;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImputeFittedTest {
    @TempDir
    private Path folder;

    @Test
    void meanAgreesWithScikitLearn() throws Exception {
        // SimpleImputer's example: fit([[7, 2, 3], [4, nan, 6], [10, 5, 9]]) has the means 7, 3.5 and 6.
        assertThat(filled("double?", Kind.MEAN, 7.0, 4.0, 10.0)).isEqualTo(7.0);
        assertThat(filled("double?", Kind.MEAN, 2.0, null, 5.0)).isEqualTo(3.5);
        assertThat(filled("double?", Kind.MEAN, 3.0, 6.0, 9.0, Double.NaN)).isEqualTo(6.0);
    }

    @Test
    void medianIsTheMiddleOne() throws Exception {
        assertThat(filled("double?", Kind.MEDIAN, 9.0, 1.0, null, 2.0)).isEqualTo(2.0);
        assertThat(filled("double?", Kind.MEDIAN, 9.0, 1.0, 4.0, 2.0)).isEqualTo(3.0);
        assertThat(filled("double?", Kind.MEDIAN, 0x1p1023, 0x1.8p1023)).isEqualTo(0x1.4p1023);
        Object[] many = new Object[5_001];
        Arrays.setAll(many, i -> (double) ((i * 7_919) % many.length));
        assertThat(filled("double?", Kind.MEDIAN, many)).isEqualTo(2_500.0);
    }

    @Test
    void modeIsTheMostFrequentAndOfEqualsTheLeast() throws Exception {
        assertThat(filled("string?", Kind.MODE, "b", "a", null, "b")).isEqualTo("b");
        assertThat(filled("string?", Kind.MODE, "b", "a", null, null)).isEqualTo("a");
        assertThat(filled("int?", Kind.MODE, 10, 9, 9, 10)).isEqualTo(9);
        assertThat(filled("boolean?", Kind.MODE, true, false, true)).isEqualTo(true);
        Schema colours = TypeText.parse("enum(red,blue)");
        assertThat(filled("enum(red,blue)?", Kind.MODE, new GenericData.EnumSymbol(colours, "red")))
                .isEqualTo(new GenericData.EnumSymbol(colours, "red"));
    }

    @Test
    void keepsTheTypeOfTheField() throws Exception {
        assertThat(filled("int?", Kind.MEAN, 1, 2))
                .as("a half, to the even one")
                .isEqualTo(2);
        assertThat(filled("int?", Kind.MEDIAN, 2, 3)).isEqualTo(2);
        assertThat(filled("long?", Kind.MEAN, 1L, 3L, 4L)).isEqualTo(3L);
    }

    @Test
    void leavesWhatIsNotNull() throws Exception {
        Schema input = schema("a", "int?", "b", "string?");
        var config = new ImputeFitted.Config(Map.of("a", Kind.MEAN, "b", Kind.MODE), file(folder), "by");
        StepRunner step = fitted(input, config, List.<Object[]>of(new Object[] {4, "x"}));
        assertThat(TypeText.of(step.output())).isEqualTo("{a: int, b: string, by: string}");
        assertThat(step.run(7, null)).startsWith(7, "x");
        assertThat(step.run(null, "y")).startsWith(4, "y");
    }

    @Test
    void reportsWhatDoesNotFit() throws Exception {
        Schema input = schema("a", "string?", "d", "double?", "n", "int");
        var fields = Map.of("a", Kind.MEAN);
        assertThat(new StepRunner(input, new ImputeFitted.Config(fields, file(folder), null)).problems())
                .contains("fields.a: field 'a' is string?, expected int, long, float or double");
        assertThat(new StepRunner(input, config("d", Kind.MODE)).problems())
                .contains("fields.d: field 'd' is double?, expected string, enum, boolean, int or long");
        assertThat(new StepRunner(input, config("n", Kind.MEAN)).problems())
                .contains("fields.n: field 'n' is never null; leave it out");
        assertThatThrownBy(() -> learn(input, config("d", Kind.MEDIAN), List.<Object[]>of(new Object[3])))
                .hasMessage("field 'd' has no value in the sample's 1 rows");
    }

    @Test
    void tellsOfAnotherKindThanFitted() throws Exception {
        filled("double?", Kind.MEAN, 1.0);
        assertThat(new StepRunner(schema("f", "double?"), config("f", Kind.MEDIAN)).problems())
                .singleElement()
                .asString()
                .matches("fitted: step.json@[0-9a-f]{12} has another kind of value for 'f': fit it again");
    }

    private ImputeFitted.Config config(String field, Kind kind) {
        return new ImputeFitted.Config(Map.of(field, kind), file(folder), null);
    }

    private Object filled(String type, Kind kind, Object... sample) throws Exception {
        List<Object[]> rows =
                Arrays.stream(sample).map(value -> new Object[] {value}).toList();
        return fitted(schema("f", type), config("f", kind), rows).run(new Object[] {null})[0];
    }
}
