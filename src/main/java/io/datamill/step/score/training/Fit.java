package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Linear;
import io.datamill.step.score.NamedFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/** A fitted logistic regression: log-odds of trust. */
@SuppressWarnings("ArrayRecordComponent") // Columns, by position.
record Fit(Standardisation standardisation, double intercept, double[] weights) {

    static Fit of(LogisticTrainer trainer, FeatureTable table, List<Sample> samples) {
        double[][] rows = samples.stream().map(table::row).toArray(double[][]::new);
        Standardisation standardisation = Standardisation.of(rows);
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            Label label = samples.get(i).trusted() ? LogisticTrainer.TRUSTED : LogisticTrainer.UNTRUSTED;
            examples.add(LogisticTrainer.example(table.names(), standardisation.apply(rows[i]), label));
        }
        return of(trainer.train(examples), table.names(), standardisation);
    }

    /** Tribuo keeps a weight vector for each label; their difference is that of the log-odds. */
    static Fit of(LinearSGDModel model, List<String> names, Standardisation standardisation) {
        DenseMatrix matrix = model.getWeightsCopy();
        int trusted = model.getOutputIDInfo().getID(LogisticTrainer.TRUSTED);
        int untrusted = model.getOutputIDInfo().getID(LogisticTrainer.UNTRUSTED);
        double[] weights = new double[names.size()];
        for (int i = 0; i < weights.length; i++) {
            int column = model.getFeatureIDMap().getID(names.get(i));
            weights[i] = Decimals.rounded(matrix.get(trusted, column) - matrix.get(untrusted, column));
        }
        int bias = matrix.getDimension2Size() - 1;
        double intercept = Decimals.rounded(matrix.get(trusted, bias) - matrix.get(untrusted, bias));
        return new Fit(standardisation, intercept, weights);
    }

    /** The probability of trust. */
    double score(double[] row) {
        double margin = intercept;
        double[] standard = standardisation.apply(row);
        for (int i = 0; i < standard.length; i++) {
            margin += weights[i] * standard[i];
        }
        return 1 / (1 + Math.exp(-margin));
    }

    /** The features as the model holds them, without those that never vary: nothing was learnt about these. */
    List<NamedFeature> varying(Map<String, Feature> features) {
        List<NamedFeature> varying = new ArrayList<>();
        int column = 0;
        for (Map.Entry<String, Feature> entry : features.entrySet()) {
            if (standardisation.scales()[column++] > 0) {
                varying.add(new NamedFeature(entry.getKey(), entry.getValue()));
            }
        }
        return varying;
    }

    /** The log-odds of trust over the {@link #varying} features. */
    Additive additive() {
        int[] columns = IntStream.range(0, weights.length)
                .filter(column -> standardisation.scales()[column] > 0)
                .toArray();
        Linear linear = new Linear(
                of(columns, standardisation.means()), of(columns, standardisation.scales()), of(columns, weights));
        return new Additive(intercept, linear, List.of());
    }

    private static double[] of(int[] columns, double[] all) {
        return Arrays.stream(columns).mapToDouble(column -> all[column]).toArray();
    }
}
