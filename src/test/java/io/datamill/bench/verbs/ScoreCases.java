package io.datamill.bench.verbs;

import io.datamill.config.Reference;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.expect.Expect;
import io.datamill.step.score.Additive;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Measure;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import io.datamill.step.score.Onnx;
import io.datamill.step.score.OnnxGraphs;
import io.datamill.step.score.OnnxScorer;
import io.datamill.step.score.Score;
import io.datamill.step.score.Tree;
import io.datamill.testing.BaselineModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/** Scores of e-mail metadata with reasons; what a feature takes to compute is in it. */
final class ScoreCases {
    private static final String STARTER = "flink-conf/models/email-trust";
    private static final int FEATURES = 50;
    private static final int TREES = 200;
    private static final int DEPTH = 6;
    private static final int BATCH = 64;
    private static final Schema TRUST = SchemaBuilder.record("Trust")
            .fields()
            .requiredDouble("score")
            .requiredString("model")
            .endRecord();

    private ScoreCases() {}

    /** By the project's own model. */
    static Work starter() throws Exception {
        return of(STARTER);
    }

    static Work linear() throws Exception {
        Random random = new Random(1);
        Linear linear = new Linear(
                random.doubles(FEATURES, 0, 2).toArray(),
                random.doubles(FEATURES, 0.5, 2).toArray(),
                random.doubles(FEATURES, -1, 1).toArray());
        return of(new Additive(0, linear, List.of()));
    }

    /** Full ones, whose thresholds are values of the pool. */
    static Work trees() throws Exception {
        return of(ensemble());
    }

    private static Additive ensemble() throws Exception {
        Random random = new Random(1);
        double[][] columns = columns();
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            trees.add(tree(random, columns));
        }
        return new Additive(0, Linear.NONE, trees);
    }

    static Work onnxLinear() throws Exception {
        return onnx(OnnxGraphs.affine(FEATURES, 0.5f, 0));
    }

    static Work onnxTrees() throws Exception {
        return onnx(OnnxGraphs.trees(ensemble(), FEATURES));
    }

    /** Rows are gathered, and every 64th scores them all. */
    private static Work onnx(byte[] file) throws Exception {
        Onnx onnx = new Onnx("model.onnx", List.of("x"), "margin", 0, Onnx.Scale.MARGIN, Onnx.About.TRUST);
        OnnxScorer scorer = OnnxScorer.open(onnx, file, FEATURES, BATCH);
        Schema schema = MailCases.schema();
        Measure[] measures =
                features().stream().map(named -> named.feature().plan(schema)).toArray(Measure[]::new);
        List<Object[]> rows = MailCases.rows();
        double[][] x = new double[BATCH][FEATURES];
        double[] margins = new double[BATCH];
        int[] number = {0};
        return () -> {
            int at = number[0]++ % Works.POOL;
            double[] row = x[at % BATCH];
            for (int i = 0; i < FEATURES; i++) {
                row[i] = measures[i].of(rows.get(at));
            }
            if (at % BATCH == BATCH - 1) {
                scorer.score(x, BATCH, margins);
            }
            return margins;
        };
    }

    /** Counts the events that the linear model has scored. */
    static Work expect() throws Exception {
        Path directory = Files.createTempDirectory("model");
        String model = BaselineModels.write(directory, features());
        Planning planning = new Planning(MailCases.schema(), (option, message) -> {});
        planning.add("as", "trust", TRUST);
        planning.add("", "verdict", Schema.create(Schema.Type.STRING));
        List<Object[]> rows = new ArrayList<>();
        for (Object[] row : MailCases.rows()) {
            GenericData.Record trust = new GenericData.Record(TRUST);
            trust.put(0, (rows.size() % 100) / 100.0);
            trust.put(1, model);
            Object[] scored = Arrays.copyOf(row, row.length + 2);
            scored[row.length] = trust;
            scored[row.length + 1] = rows.size() % 9 == 0 ? "quarantine" : "pass";
            rows.add(scored);
        }
        Expect.Config config = new Expect.Config("e", "trust", new Reference(directory.toString()), null, null, null);
        return Works.step((StatelessStep) config.plan(planned(planning.output())), rows::get);
    }

    private static Tree tree(Random random, double[][] columns) {
        int inner = (1 << DEPTH) - 1;
        int nodes = 2 * inner + 1;
        int[] feature = new int[nodes];
        float[] threshold = new float[nodes];
        int[] below = new int[nodes];
        int[] notBelow = new int[nodes];
        double[] cover = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            boolean leaf = node >= inner;
            int asked = random.nextInt(FEATURES);
            double[] column = columns[asked];
            feature[node] = leaf ? -1 : asked;
            threshold[node] = leaf ? 0 : (float) column[random.nextInt(column.length)];
            below[node] = leaf ? -1 : 2 * node + 1;
            notBelow[node] = leaf ? -1 : 2 * node + 2;
            cover[node] = 1;
        }
        double[] value = random.doubles(nodes, -0.1, 0.1).toArray();
        return Tree.ofLeaves(feature, threshold, below, notBelow, new boolean[nodes], value, cover);
    }

    /** What each feature is in the pool. */
    private static double[][] columns() throws Exception {
        List<Object[]> rows = MailCases.rows();
        return features().stream()
                .map(named -> named.feature().plan(MailCases.schema()))
                .map(measure -> rows.stream().mapToDouble(measure::of).toArray())
                .toArray(double[][]::new);
    }

    /** The starter model's, as often as it takes. */
    private static List<NamedFeature> features() throws Exception {
        List<NamedFeature> starter = ModelArtifact.read(STARTER).features();
        List<NamedFeature> features = new ArrayList<>();
        for (int i = 0; i < FEATURES; i++) {
            NamedFeature feature = starter.get(i % starter.size());
            features.add(new NamedFeature(feature.name() + '-' + i, feature.feature()));
        }
        return features;
    }

    private static Work of(Additive additive) throws Exception {
        Model model = new Model(
                Model.Identity.unversioned("benchmark", "average"),
                new Model.Thresholds(0, 1),
                features(),
                additive,
                Map.of());
        Path directory = Files.createTempDirectory("model");
        Path file = Files.writeString(directory.resolve(ModelArtifact.MODEL), ModelArtifact.render(model));
        Work work = of(directory.toString());
        Files.delete(file);
        Files.delete(directory);
        return work;
    }

    private static Work of(String directory) throws Exception {
        StatelessStep step =
                (StatelessStep) new Score.Config(new Reference(directory), "trust").plan(planned(MailCases.schema()));
        return Works.step(step, MailCases.rows()::get);
    }

    private static Planning planned(Schema input) {
        return new Planning(input, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
    }
}
