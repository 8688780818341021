package io.datamill.step.score.training;

import java.util.List;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/** A fitted logistic regression: log-odds of trust. */
@SuppressWarnings("ArrayRecordComponent") // Columns, by position.
record Fit(Standardisation standardisation, double intercept, double[] weights) {

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
}
