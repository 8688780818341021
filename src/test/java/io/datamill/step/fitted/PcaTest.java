package io.datamill.step.fitted;

import static io.datamill.step.fitted.Learner.CLOSE;
import static io.datamill.step.fitted.Learner.assertClose;
import static io.datamill.step.fitted.Learner.file;
import static io.datamill.step.fitted.Learner.fitted;
import static io.datamill.step.fitted.Learner.learn;
import static io.datamill.step.fitted.Learner.rows;
import static io.datamill.step.fitted.Learner.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.schema.TypeText;
import io.datamill.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcaTest {
    private static final Schema XY = schema("x", "double", "y", "double");

    /** L. I. Smith, "A tutorial on Principal Components Analysis" (2002), the data of chapter 3. */
    private static final double[][] SMITH = {
        {2.5, 2.4},
        {0.5, 0.7},
        {2.2, 2.9},
        {1.9, 2.2},
        {3.1, 3.0},
        {2.3, 2.7},
        {2, 1.6},
        {1, 1.1},
        {1.5, 1.6},
        {1.1, 0.9}
    };

    @TempDir
    private Path folder;

    @Test
    void solvesWhatCanBeSolvedByHand() throws Exception {
        // The directions are (1, 1) and (1, -1), each over sqrt(2), of variance 16/3 and 4/3. Both
        // weights of the second are equally great: the first is positive.
        double[][] sample = {{3, 3}, {-1, -1}, {2, 0}, {0, 2}};
        // Around (1, 1): (2, 2), (-2, -2), (1, -1), (-1, 1): sums of squares 10, of products 6; divided by 3.
        JsonNode learned = learn(XY, pca(2), rows(sample)).parameters();
        assertThat(learned.at("/components/0/variance").doubleValue()).isCloseTo(16.0 / 3, CLOSE);
        assertThat(learned.at("/components/1/variance").doubleValue()).isCloseTo(4.0 / 3, CLOSE);
        assertThat(learned.at("/components/0/share").doubleValue()).isCloseTo(0.8, CLOSE);
        StepRunner step = fitted(XY, pca(2), rows(sample));
        assertClose(step.run(3.0, 3.0)[2], 2 * Math.sqrt(2), 0);
        assertClose(step.run(2.0, 0.0)[2], 0, Math.sqrt(2));
    }

    @Test
    void agreesWithThePublishedTutorial() throws Exception {
        JsonNode learned = learn(XY, pca(2), rows(SMITH)).parameters();
        // Smith 2002, chapter 3: eigenvalues 1.28402771 and 0.0490833989, eigenvectors (0.677873399, 0.735178656) and
        // (0.735178656, -0.677873399) up to their sign. The further digits are those of scikit-learn 1.9.1.
        assertThat(learned.at("/components/0/variance").doubleValue()).isCloseTo(1.2840277121727839, CLOSE);
        assertThat(learned.at("/components/1/variance").doubleValue()).isCloseTo(0.04908339893832733, CLOSE);
        assertThat(learned.at("/components/0/share").doubleValue()).isCloseTo(0.963181314348646, CLOSE);
        StepRunner step = fitted(XY, pca(2), rows(SMITH));
        assertClose(step.run(2.5, 2.4)[2], 0.8279701862010884, 0.1751153070469155);
        assertClose(step.run(0.5, 0.7)[2], -1.7775803252804288, -0.1428572265442803);
        assertClose(step.run(1.1, 0.9)[2], -1.22382055505474, 0.1626752870767621);
    }

    @Test
    void coordinatesAreUncorrelatedAndKeepAllVariance() throws Exception {
        int size = 6;
        Random random = new Random(3);
        double[][] sample = new double[2_000][size];
        for (double[] row : sample) {
            double common = random.nextGaussian();
            for (int i = 0; i < size; i++) {
                row[i] = 100 * i + common * (i - 2) + random.nextGaussian();
            }
        }
        List<String> names = List.of("a", "b", "c", "d", "e", "f");
        Schema input = schema(
                names.stream().flatMap(n -> List.of(n, "double").stream()).toArray(String[]::new));
        var config = new Pca.Config(names, size, "pc", file(folder), null);
        StepRunner step = fitted(input, config, rows(sample));
        double[][] products = new double[size][size];
        double total = 0;
        double[] means = new double[size];
        for (double[] row : sample) {
            for (int i = 0; i < size; i++) {
                means[i] += row[i] / sample.length;
            }
        }
        for (double[] row : sample) {
            List<?> place = (List<?>) step.run(rows(new double[][] {row}).get(0))[size];
            for (int i = 0; i < size; i++) {
                total += (row[i] - means[i]) * (row[i] - means[i]);
                for (int j = 0; j < size; j++) {
                    products[i][j] += (Double) place.get(i) * (Double) place.get(j);
                }
            }
        }
        double kept = 0;
        for (int i = 0; i < size; i++) {
            kept += products[i][i];
            assertThat(i == 0 || products[i][i] <= products[i - 1][i - 1]).isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(products[i][j] / sample.length).isCloseTo(0, CLOSE);
            }
        }
        assertThat(kept / total).isCloseTo(1, CLOSE);
    }

    @Test
    void isNullWhereAFieldIs() throws Exception {
        Schema input = schema("x", "double?", "y", "int", "n", "string");
        List<Object[]> sample = new ArrayList<>();
        sample.add(new Object[] {1.0, 1, ""});
        sample.add(new Object[] {null, 77, ""});
        sample.add(new Object[] {4.0, 5, ""});
        StepRunner step = fitted(input, pca(1), sample);
        assertThat(TypeText.of(step.output())).isEqualTo("{x: double?, y: int, n: string, pc: array<double>?}");
        assertThat(step.run(null, 3, "")[3]).isNull();
        assertClose(step.run(4.0, 5, "")[3], 2.5);
    }

    @Test
    void takesTheFieldsInAnotherOrder() throws Exception {
        StepRunner step = fitted(XY, pca(2), rows(SMITH));
        Object given = step.run(2.5, 2.4)[2];
        var other = new Pca.Config(List.of("y", "x"), 2, "pc", file(folder), null);
        List<?> turned = (List<?>) new StepRunner(XY, other).run(2.5, 2.4)[2];
        assertClose(
                turned, ((List<?>) given).stream().mapToDouble(v -> (Double) v).toArray());
    }

    @Test
    void refusesASampleWithoutVariance() {
        assertThatThrownBy(() -> learn(XY, pca(1), rows(new double[][] {{1, 2}})))
                .hasMessage("pca needs 2 rows in which all of [x, y] have a value, but 1 of the sample's 1 are such");
        assertThatThrownBy(() -> learn(XY, pca(1), rows(new double[][] {{1, 2}, {1, 2}})))
                .hasMessage("pca of [x, y]: all rows are the same");
    }

    @Test
    void tellsOfAnotherNumberOfComponents() throws Exception {
        Path file = Path.of(file(folder).resolve());
        Files.writeString(file, learn(XY, pca(1), rows(SMITH)).render());
        assertThat(new StepRunner(XY, pca(2)).problems())
                .singleElement()
                .asString()
                .matches("fitted: step.json@[0-9a-f]{12} has 1 components, but the pipeline asks for 2: fit it again");
    }

    private Pca.Config pca(int components) {
        return new Pca.Config(List.of("x", "y"), components, "pc", file(folder), null);
    }
}
