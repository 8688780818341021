package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveEvaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much a feature moves scores.
 *
 * @param contribution the mean, over the training data, of the absolute log-odds it adds
 */
public record Importance(String name, double contribution) {

    /** Of all features, the strongest first. */
    static List<Importance> of(Rows rows, Additive scorer) {
        AdditiveEvaluator evaluator = new AdditiveEvaluator(scorer);
        double[] sums = new double[rows.names().size()];
        double[] contributions = new double[sums.length];
        for (double[] row : rows.x()) {
            evaluator.margin(row, contributions);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Math.abs(contributions[i]);
            }
        }
        List<Importance> all = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            all.add(new Importance(rows.names().get(i), sums[i] / rows.size()));
        }
        all.sort(Comparator.comparingDouble(Importance::contribution).reversed().thenComparing(Importance::name));
        return List.copyOf(all);
    }
}
