package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.CLOSE;
import static io.datamill.step.fitted.Learner.assertClose;
import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.fitted;
import static io.datamill.step.fitted.Learner.rows;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.TypeText;
import io.datamill.testing.StepRunner;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** standard-scale, min-max, normalize and binarize. */
class ScalingTest {
    /** The matrix of scikit-learn's user guide, 7.3 "Preprocessing data", with the results printed there. */
    private static final double[][] GUIDE = {{1, -1, 2}, {2, 0, 0}, {0, 1, -1}};

    private static final Schema XYZ = schema("x", "double", "y", "double", "z", "double");
    private static final List<String> FIELDS = List.of("x", "y", "z");

    @TempDir
    private Path folder;

    @Test
    void standardScaleAgreesWithScikitLearn() throws Exception {
        StepRunner step = fitted(XYZ, scale(FIELDS), rows(GUIDE));
        // In the guide to two digits; these are sqrt(3/2) and multiples of sqrt(14/9).
        double deviation = Math.sqrt(14.0 / 9);
        assertClose(step.run(1.0, -1.0, 2.0), 0, -Math.sqrt(1.5), 5 / 3.0 / deviation);
        assertClose(step.run(2.0, 0.0, 0.0), 1.224744871391589, 0, -0.2672612419124244);
        assertClose(step.run(0.0, 1.0, -1.0), -1.224744871391589, 1.224744871391589, -1.0690449676496976);
    }

    @Test
    void standardScaleGivesMeanZeroAndVarianceOne() throws Exception {
        Random random = new Random(7);
        double[][] sample = new double[5_000][3];
        for (double[] row : sample) {
            row[0] = 1e9 + random.nextGaussian();
            row[1] = 1e-6 * random.nextDouble();
            row[2] = Math.exp(3 * random.nextGaussian());
        }
        StepRunner step = fitted(XYZ, scale(FIELDS), rows(sample));
        double[] sums = new double[3];
        double[] squares = new double[3];
        for (Object[] row : rows(sample)) {
            Object[] scaled = step.run(row);
            for (int i = 0; i < 3; i++) {
                sums[i] += (Double) scaled[i];
                squares[i] += (Double) scaled[i] * (Double) scaled[i];
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(sums[i] / sample.length).isCloseTo(0, Offset.offset(1e-7));
            assertThat(squares[i] / sample.length).isCloseTo(1, CLOSE);
        }
    }

    @Test
    void onlyCentresAFieldThatWasConstant() throws Exception {
        StepRunner step = fitted(XYZ, scale(List.of("y")), rows(new double[][] {{0, 0.1, 0}, {1, 0.1, 0}}));
        assertThat(step.run(1.0, 0.6, 2.0)).containsExactly(1.0, 0.5, 2.0);
    }

    @Test
    void readsEveryKindOfNumberAndKeepsNull() throws Exception {
        Schema input = schema("i", "int?", "l", "long", "d", "decimal(9,2)?", "s", "string");
        List<Object[]> sample =
                List.of(new Object[] {1, 10L, cents(100), "a"}, new Object[] {3, 30L, cents(300), "b"}, new Object[] {
                    null, 20L, null, "c"
                });
        StepRunner step = fitted(input, scale(List.of("i", "l", "d")), sample);
        assertThat(TypeText.of(step.output())).isEqualTo("{i: double?, l: double, d: double?, s: string}");
        assertThat(step.run(3, 20L, cents(500), "x")).containsExactly(1.0, 0.0, 3.0, "x");
        assertThat(step.run(null, 20L, null, "x")).containsExactly(null, 0.0, null, "x");
    }

    @Test
    void writesToNewFieldsWhereAsked() throws Exception {
        var config = new StandardScale.Config(List.of("x", "y"), file(folder), Map.of("x", "x_scaled"), "scaled_by");
        StepRunner step = fitted(XYZ, config, rows(GUIDE));
        assertThat(TypeText.of(step.output()))
                .isEqualTo("{x: double, y: double, z: double, x_scaled: double, scaled_by: string}");
        Object[] values = step.run(1.0, 0.0, 2.0);
        assertThat(values).startsWith(1.0, 0.0, 2.0, 0.0);
        assertThat((String) values[4]).matches("step\\.json@[0-9a-f]{12}");
    }

    @Test
    void leavesNotFiniteNumbersOutOfTheSampleAndLetsThemPass() throws Exception {
        List<Object[]> sample = new ArrayList<>(rows(GUIDE));
        sample.add(new Object[] {Double.NaN, Double.POSITIVE_INFINITY, 1.0 / 3});
        StepRunner step = fitted(XYZ, scale(List.of("x", "y")), sample);
        assertThat(step.run(1.0, 0.0, 0.0)).containsExactly(0.0, 0.0, 0.0);
        assertThat(step.run(Double.NaN, Double.POSITIVE_INFINITY, 0.0))
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, 0.0);
    }

    @Test
    void refusesASampleWithoutAValue() {
        Schema input = schema("x", "double?");
        assertThatThrownBy(() -> fitted(input, scale(List.of("x")), List.<Object[]>of(new Object[] {null})))
                .isInstanceOf(UnsuitableSampleException.class)
                .hasMessage("field 'x' has no value in the sample's 1 rows");
        assertThatThrownBy(() -> fitted(input, minMax(List.of("x"), null, null), List.of()))
                .hasMessage("field 'x' has no value in the sample's 0 rows");
        assertThatThrownBy(() ->
                        fitted(input, minMax(List.of("x"), null, null), rows(new double[][] {{-1e308}, {1e308}})))
                .hasMessage("field 'x' has numbers too large to scale");
    }

    @Test
    void minMaxAgreesWithScikitLearn() throws Exception {
        StepRunner step = fitted(XYZ, minMax(FIELDS, null, null), rows(GUIDE));
        // As printed in the guide: the example of MinMaxScaler.
        assertClose(step.run(1.0, -1.0, 2.0), 0.5, 0, 1);
        assertClose(step.run(2.0, 0.0, 0.0), 1, 0.5, 1 / 3.0);
        assertClose(step.run(0.0, 1.0, -1.0), 0, 1, 0);
        // The guide's X_test.
        assertClose(step.run(-3.0, -1.0, 4.0), -1.5, 0, 5 / 3.0);
    }

    @Test
    void minMaxGivesTheRangeAskedForAndClips() throws Exception {
        StepRunner open = fitted(XYZ, minMax(List.of("x"), List.of(-1.0, 3.0), false), rows(GUIDE));
        assertThat(open.run(1.0, 0.0, 0.0)[0]).isEqualTo(1.0);
        assertThat(open.run(4.0, 0.0, 0.0)[0]).isEqualTo(7.0);
        StepRunner clipped = fitted(XYZ, minMax(List.of("x"), List.of(-1.0, 3.0), true), rows(GUIDE));
        assertThat(clipped.run(4.0, 0.0, 0.0)[0]).isEqualTo(3.0);
        assertThat(clipped.run(-4.0, 0.0, 0.0)[0]).isEqualTo(-1.0);
        assertThat(clipped.run(Double.NaN, 0.0, 0.0)[0]).isEqualTo(Double.NaN);
    }

    @Test
    void minMaxOfAConstantCountsItsRangeAsOne() throws Exception {
        StepRunner step = fitted(XYZ, minMax(List.of("x"), null, null), rows(new double[][] {{5, 0, 0}, {5, 0, 0}}));
        assertThat(step.run(5.0, 0.0, 0.0)[0]).isEqualTo(0.0);
        assertThat(step.run(5.5, 0.0, 0.0)[0]).isEqualTo(0.5);
    }

    @Test
    void normalizeAgreesWithScikitLearn() throws Exception {
        // The guide's example of normalize(X, norm='l2') to two digits: here 1/sqrt(6), 2/sqrt(6) and 1/sqrt(2).
        double sixth = 1 / Math.sqrt(6);
        StepRunner l2 = new StepRunner(XYZ, new Normalize.Config(FIELDS, null, null, null));
        assertClose(l2.run(1.0, -1.0, 2.0), sixth, -sixth, 2 * sixth);
        assertClose(l2.run(0.0, 1.0, -1.0), 0, Math.sqrt(0.5), -Math.sqrt(0.5));
        StepRunner l1 = new StepRunner(XYZ, new Normalize.Config(FIELDS, null, Norm.L1, null));
        assertClose(l1.run(1.0, -1.0, 2.0), 0.25, -0.25, 0.5);
        StepRunner max = new StepRunner(XYZ, new Normalize.Config(FIELDS, null, Norm.MAX, null));
        assertClose(max.run(1.0, -1.0, -2.0), 0.5, -0.5, -1);
    }

    @Test
    void normalizesAnArray() throws Exception {
        Schema input = schema("v", "array<int>?");
        StepRunner step = new StepRunner(input, new Normalize.Config(null, "v", Norm.L2, Map.of("v", "unit")));
        assertThat(TypeText.of(step.output())).isEqualTo("{v: array<int>?, unit: array<double>?}");
        assertThat(step.run(List.of(3, -4))[1]).isEqualTo(List.of(0.6, -0.8));
        assertThat(step.run(List.of())[1]).isEqualTo(List.of());
        assertThat(step.run(List.of(0, 0))[1]).isEqualTo(List.of(0.0, 0.0));
        assertThat(step.run(new Object[] {null})).containsExactly(null, null);
    }

    @Test
    void normalizesWhatIsTooLargeOrSmallToSquare() throws Exception {
        StepRunner step = new StepRunner(XYZ, new Normalize.Config(FIELDS, null, Norm.L2, null));
        assertClose(step.run(3e200, 0.0, 4e200), 0.6, 0, 0.8);
        assertClose(step.run(3e-200, 0.0, 4e-200), 0.6, 0, 0.8);
        assertClose(step.run(0.0, 0.0, 0.0), 0, 0, 0);
    }

    @Test
    void whatIsNormalizedHasLengthOne() throws Exception {
        StepRunner step = new StepRunner(XYZ, new Normalize.Config(FIELDS, null, Norm.L2, null));
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            Object[] unit = step.run(random.nextGaussian() * 1e8, random.nextGaussian(), random.nextGaussian() * 1e-8);
            double squares = Arrays.stream(unit)
                    .mapToDouble(value -> (Double) value * (Double) value)
                    .sum();
            assertThat(squares).isCloseTo(1, CLOSE);
        }
    }

    @Test
    void binarizeAgreesWithScikitLearn() throws Exception {
        StepRunner zero = new StepRunner(XYZ, new Binarize.Config(FIELDS, null, null));
        // The guide's example of Binarizer(), and with threshold=1.1.
        assertThat(zero.run(1.0, -1.0, 2.0)).containsExactly(1, 0, 1);
        assertThat(zero.run(0.0, Double.NaN, -1.0)).containsExactly(0, 0, 0);
        StepRunner above = new StepRunner(XYZ, new Binarize.Config(FIELDS, 1.1, null));
        assertThat(above.run(1.0, -1.0, 2.0)).containsExactly(0, 0, 1);
        assertThat(above.run(1.1, 2.0, 0.0)).containsExactly(0, 1, 0);
    }

    @Test
    void reportsFieldsThatAreNoNumbers() throws Exception {
        Schema input = schema("name", "string", "at", "timestamp", "size", "long");
        StepRunner step = new StepRunner(input, new Binarize.Config(List.of("name", "at", "sise"), null, null));
        assertThat(step.problems())
                .containsExactly(
                        "fields[0]: field 'name' is string, expected int, long, float, double or decimal",
                        "fields[1]: field 'at' is timestamp, expected int, long, float, double or decimal",
                        "fields[2]: no field 'sise'; did you mean 'size'?");
        assertThat(new StepRunner(input, new Normalize.Config(null, "size", null, null)).problems())
                .containsExactly("array: field 'size' is long, expected an array of int, long, float or double");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> scale(List.of())).hasMessage("fields: expected 1 to 1000 fields; found 0");
        assertThatThrownBy(() -> scale(List.of("x", "x"))).hasMessage("fields: 'x' is named twice");
        assertThatThrownBy(() -> new StandardScale.Config(FIELDS, null, null, null))
                .hasMessageStartingWith("fitted is");
        assertThatThrownBy(() -> new StandardScale.Config(FIELDS, file(folder), Map.of("q", "r"), null))
                .hasMessage("into: 'q' is not among the fields [x, y, z]");
        assertThatThrownBy(() -> minMax(FIELDS, List.of(1.0, 1.0), null)).hasMessageStartingWith("to: expected");
        assertThatThrownBy(() -> new Normalize.Config(FIELDS, "x", null, null)).hasMessageStartingWith("fields: ");
        assertThatThrownBy(() -> new Binarize.Config(FIELDS, Double.NaN, null)).hasMessageStartingWith("threshold: ");
    }

    private StandardScale.Config scale(List<String> fields) {
        return new StandardScale.Config(fields, file(folder), null, null);
    }

    private MinMax.Config minMax(List<String> fields, List<Double> to, Boolean clip) {
        return new MinMax.Config(fields, file(folder), to, clip, null, null);
    }

    private static ByteBuffer cents(long cents) {
        return ByteBuffer.wrap(BigInteger.valueOf(cents).toByteArray());
    }
}
