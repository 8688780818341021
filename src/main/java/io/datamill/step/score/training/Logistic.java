package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.Linear;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Logistic regression on standardised columns, by Tribuo's stochastic gradient descent with AdaGrad. That it stops early
 * is all that keeps its weights small.
 *
 * @param epochs how often each row is seen
 * @param minibatch rows of one step
 * @param learningRate of AdaGrad
 */
record Logistic(int epochs, int minibatch, double learningRate) implements Trainer {
    /** Chosen by cross-validation as {@link Xgboost#BOOSTING} is: 10 to 40 epochs differ by less than seeds do. */
    static final Logistic USUAL = new Logistic(20, 8, 0.1);

    private static final Label GOOD = new Label("good");
    private static final Label BAD = new Label("bad");
    private static final double ADAGRAD_EPSILON = 0.1;
    private static final int NO_PROGRESS_LOG = -1;
    private static final LabelFactory LABELS = new LabelFactory();

    @Override
    public Additive train(Rows rows, long seed) {
        double[] weights = GroupWeights.of(rows);
        Standardisation standardisation = Standardisation.of(rows.x(), weights);
        String[] names = rows.names().toArray(String[]::new);
        SimpleDataSourceProvenance provenance = new SimpleDataSourceProvenance("rows", LABELS);
        MutableDataset<Label> dataset =
                new MutableDataset<>(new ListDataSource<>(List.<Example<Label>>of(), LABELS, provenance));
        for (int i = 0; i < rows.size(); i++) {
            Label label = rows.bad()[i] ? BAD : GOOD;
            ArrayExample<Label> example = new ArrayExample<>(label, names, standardisation.apply(rows.x()[i]));
            example.setWeight((float) weights[i]);
            dataset.add(example);
        }
        return additive(trainer(seed).train(dataset), names, standardisation);
    }

    private LinearSGDTrainer trainer(long seed) {
        AdaGrad optimiser = new AdaGrad(learningRate, ADAGRAD_EPSILON);
        return new LinearSGDTrainer(new LogMulticlass(), optimiser, epochs, NO_PROGRESS_LOG, minibatch, seed);
    }

    /** Tribuo keeps a weight vector for each label; their difference is that of the log-odds. */
    private static Additive additive(LinearSGDModel model, String[] names, Standardisation standardisation) {
        DenseMatrix matrix = model.getWeightsCopy();
        int good = model.getOutputIDInfo().getID(GOOD);
        int bad = model.getOutputIDInfo().getID(BAD);
        double[] weights = new double[names.length];
        for (int i = 0; i < weights.length; i++) {
            int column = model.getFeatureIDMap().getID(names[i]);
            weights[i] = Decimals.rounded(matrix.get(good, column) - matrix.get(bad, column));
        }
        int bias = matrix.getDimension2Size() - 1;
        // A column that never varies within a fold weighs nothing there.
        double[] scales = Arrays.stream(standardisation.scales())
                .map(scale -> scale == 0 ? 1 : scale)
                .toArray();
        return new Additive(
                Decimals.rounded(matrix.get(good, bias) - matrix.get(bad, bias)),
                new Linear(standardisation.means(), scales, weights),
                List.of());
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", epochs);
        settings.put("minibatch", minibatch);
        settings.put("learningRate", learningRate);
        return settings;
    }
}
