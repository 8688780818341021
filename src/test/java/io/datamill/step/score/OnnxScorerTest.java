package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class OnnxScorerTest {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int DOUBLE = TensorProto.DataType.DOUBLE.getNumber();
    private static final int INT32 = TensorProto.DataType.INT32.getNumber();
    private static final int INT64 = TensorProto.DataType.INT64.getNumber();
    private static final int STRING = TensorProto.DataType.STRING.getNumber();
    private static final int FEATURES = 5;
    private static final int CAPACITY = 64;

    @Test
    void givesTheProbabilitiesOfTheExporter() throws Exception {
        LinearSGDModel tribuo = tribuo();
        byte[] file = tribuo.exportONNXModel("io.datamill", 1).toByteArray();
        int bad = tribuo.getOutputIDInfo().getID(new Label("bad"));
        Onnx onnx =
                new Onnx("model.onnx", List.of("input"), "output", bad, Onnx.Scale.PROBABILITY, Onnx.About.DISTRUST);
        double[][] rows = rows(500);
        try (OnnxScorer scorer = OnnxScorer.open(onnx, file, FEATURES, CAPACITY)) {
            double[] margins = margins(scorer, rows);
            for (int i = 0; i < rows.length; i++) {
                double expected = tribuo.predict(example("bad", rows[i]))
                        .getOutputScores()
                        .get("bad")
                        .getScore();
                assertThat(1 - BoundModel.probability(margins[i])).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void givesTheMarginsOfTreesOfABatchOfAnySize() throws Exception {
        Random random = new Random(4);
        Additive trees = new Additive(
                0.5, Linear.NONE, Ensembles.of(random, FEATURES, 20, 6).trees());
        AdditiveEvaluator evaluator = new AdditiveEvaluator(trees);
        Onnx onnx = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        try (OnnxScorer scorer = OnnxScorer.open(onnx, OnnxGraphs.trees(trees, FEATURES), FEATURES, CAPACITY)) {
            for (int rows : new int[] {1, 64, 2, 63, 1, 17, 64}) {
                double[][] x = new double[rows][];
                for (int i = 0; i < rows; i++) {
                    x[i] = Ensembles.row(random, FEATURES);
                }
                double[] margins = new double[rows];
                scorer.score(x, rows, margins);
                for (int i = 0; i < rows; i++) {
                    double expected = evaluator.margin(x[i]);
                    assertThat(margins[i]).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    @Test
    void bindsAnInputForEachFeatureByNameAndType() throws Exception {
        byte[] file = new OnnxGraphs()
                .input("whole", INT64, -1, 1)
                .input("small", INT32, -1, 1)
                .input("wide", DOUBLE, -1, 1)
                .input("real", FLOAT, -1, 1)
                .node(cast("whole"))
                .node(cast("small"))
                .node(cast("wide"))
                .node(OnnxGraphs.node("Concat", List.of("wholeFloat", "smallFloat", "wideFloat", "real"), "together")
                        .addAttribute(OnnxGraphs.number("axis", 1)))
                .constant("weights", 4, 2, 1, -1, 10, -10, 100, -100, 1000, -1000)
                .node(OnnxGraphs.node("MatMul", List.of("together", "weights"), "margin"))
                .output("margin", FLOAT)
                .bytes();
        Onnx second = new Onnx(
                "model.onnx",
                List.of("real", "wide", "small", "whole"),
                "margin",
                1,
                Onnx.Scale.MARGIN,
                Onnx.About.DISTRUST);
        try (OnnxScorer scorer = OnnxScorer.open(second, file, 4, 3)) {
            double[] margins = new double[3];
            scorer.score(new double[][] {{0.5, 2, 3, 4}, {0, 0, 0.4, 0.6}, {-1, 0, 0, 0}}, 3, margins);
            assertThat(margins).containsExactly(734, 1, -1000);
        }
    }

    @Test
    void takesTheNearestWholeNumberThatAnInputCanHold() throws Exception {
        byte[] file = new OnnxGraphs()
                .input("small", INT32, -1, 1)
                .node(cast("small"))
                .node(OnnxGraphs.node("Identity", List.of("smallFloat"), "margin"))
                .output("margin", FLOAT)
                .bytes();
        Onnx onnx = new Onnx("model.onnx", List.of("small"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        try (OnnxScorer scorer = OnnxScorer.open(onnx, file, 1, 3)) {
            double[] margins = new double[3];
            scorer.score(new double[][] {{3e9}, {-1e300}, {-7}}, 3, margins);
            assertThat(margins).containsExactly(0x1p31, -0x1p31, -7);
        }
    }

    @Test
    void comparesAFeatureWithItsBaselineToExplain() throws Exception {
        byte[] file = linear(-1, 3);
        Onnx onnx = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        for (int capacity : new int[] {1, 2, 8}) {
            try (OnnxScorer scorer = OnnxScorer.open(onnx, file, 3, capacity)) {
                double[] differences = scorer.occlusion(new double[] {2, 5, 7}, new double[] {1, 1, 7});
                assertThat(differences).containsExactly(1, 8, 0);
            }
        }
    }

    @Test
    void hasNoMarginWhereTheOutputIsNoProbability() throws Exception {
        Onnx onnx = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.PROBABILITY, Onnx.About.TRUST);
        try (OnnxScorer scorer = OnnxScorer.open(onnx, linear(-1, 3), 3, 8)) {
            double[] margins = new double[4];
            double[][] rows = {{0.25, 0, 0}, {1.5, 0, 0}, {-0.5, 0, 0}, {1 + 5e-7, 0, 0}};
            scorer.score(rows, 4, margins);
            assertThat(margins[0]).isCloseTo(Math.log(1 / 3.0), within(1e-6));
            assertThat(margins[1]).isNaN();
            assertThat(margins[2]).isNaN();
            assertThat(BoundModel.probability(margins[3])).isEqualTo(1);
        }
    }

    @Test
    void saysInOneLineWhatDoesNotFit() {
        assertRefused(linear(-1, 3), "x", "magrin", 0, "there is no output 'magrin'; did you mean 'margin'?");
        assertRefused(linear(-1, 3), "y", "margin", 0, "there is no input 'y'; nothing is bound to input 'x'");
        assertRefused(linear(-1, 3), "x", "margin", 2, "output 'margin' has 2 columns; there is none of number 2");
        assertRefused(linear(-1, 4), "x", "margin", 0, "input 'x' has shape [any, 4]; expected [rows, 3]");
        assertRefused(
                linear(1, 3), "x", "margin", 0, "input 'x' takes exactly 1 rows; export it for any number of rows");
        byte[] text = new OnnxGraphs()
                .input("x", STRING, -1, 3)
                .node(OnnxGraphs.node("Identity", List.of("x"), "margin"))
                .output("margin", STRING)
                .bytes();
        assertRefused(text, "x", "margin", 0, "input 'x' is string; expected float, double, int64 or int32");
        byte[] whole = new OnnxGraphs()
                .input("x", INT64, -1, 3)
                .node(OnnxGraphs.node("Identity", List.of("x"), "margin"))
                .output("margin", INT64)
                .bytes();
        assertRefused(whole, "x", "margin", 0, "output 'margin' is no tensor of float or double; export it without");
        byte[] sum = new OnnxGraphs()
                .input("x", FLOAT, -1, 3)
                .node(OnnxGraphs.node("ReduceSum", List.of("x"), "margin")
                        .addAttribute(OnnxGraphs.number("keepdims", 0)))
                .output("margin", FLOAT)
                .bytes();
        assertRefused(sum, "x", "margin", 0, "output 'margin' has shape [] for one row; expected [rows] or");
        assertRefused(new byte[] {1, 2, 3}, "x", "margin", 0, "ONNX Runtime does not take it: ");
    }

    @Test
    void saysHowToGetTheRuntimeWhereItIsNotThere() {
        ClassLoader without = new ClassLoader(null) {};
        assertThatThrownBy(() -> OnnxScorer.requireRuntime(without))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("it takes ONNX Runtime, which is not there: put onnxruntime-1.28.0.jar into Flink's lib");
    }

    @Test
    void refusesMoreRowsThanItHasRoomFor() throws Exception {
        Onnx onnx = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        try (OnnxScorer scorer = OnnxScorer.open(onnx, linear(-1, 3), 3, 2)) {
            assertThatThrownBy(() -> scorer.score(new double[3][3], 3, new double[3]))
                    .hasMessage("rows: expected 1 to 2; found 3");
        }
        assertThatThrownBy(() -> OnnxScorer.open(onnx, linear(-1, 3), 3, 1025))
                .hasMessage("capacity: expected 1 to 1024 rows; found 1025");
    }

    private static void assertRefused(byte[] file, String input, String output, int column, String message) {
        Onnx onnx = new Onnx("model.onnx", List.of(input), output, column, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        assertThatThrownBy(() -> OnnxScorer.open(onnx, file, 3, 4))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("model.onnx: " + message)
                .hasMessageNotContaining("\n");
    }

    /** x0 + 2 x1 + 3 x2 and twice that. */
    private static byte[] linear(int rows, int features) {
        float[] weights = new float[2 * features];
        for (int i = 0; i < features; i++) {
            weights[2 * i] = i + 1;
            weights[2 * i + 1] = 2 * (i + 1);
        }
        return new OnnxGraphs()
                .input("x", FLOAT, rows, features)
                .constant("weights", features, 2, weights)
                .node(OnnxGraphs.node("MatMul", List.of("x", "weights"), "margin"))
                .output("margin", FLOAT)
                .bytes();
    }

    private static ai.onnx.proto.OnnxMl.NodeProto.Builder cast(String name) {
        return OnnxGraphs.node("Cast", List.of(name), name + "Float").addAttribute(OnnxGraphs.number("to", FLOAT));
    }

    private static double[] margins(OnnxScorer scorer, double[][] rows) {
        double[] margins = new double[rows.length];
        for (int from = 0; from < rows.length; from += CAPACITY) {
            int count = Math.min(CAPACITY, rows.length - from);
            double[][] batch = java.util.Arrays.copyOfRange(rows, from, from + count);
            double[] found = new double[count];
            scorer.score(batch, count, found);
            System.arraycopy(found, 0, margins, from, count);
        }
        return margins;
    }

    private static LinearSGDModel tribuo() {
        List<Example<Label>> examples = new ArrayList<>();
        for (double[] row : rows(300)) {
            examples.add(example(row[0] + 2 * row[1] - row[2] > 0.3 ? "bad" : "good", row));
        }
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> dataset = new MutableDataset<>(
                new ListDataSource<>(examples, labels, new SimpleDataSourceProvenance("rows", labels)));
        return new LogisticRegressionTrainer().train(dataset);
    }

    private static Example<Label> example(String label, double[] row) {
        return new ArrayExample<>(new Label(label), new String[] {"a", "b", "c", "d", "e"}, row);
    }

    private static double[][] rows(int count) {
        Random random = new Random(8);
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = random.doubles(FEATURES, -2, 2).toArray();
        }
        return rows;
    }
}
