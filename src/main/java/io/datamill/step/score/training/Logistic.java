package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.classification.Label;

/** Logistic regression on standardised columns. */
final class Logistic implements Trainer {
    private static final int EPOCHS = 5;
    private static final int MINIBATCH = 8;
    private static final double LEARNING_RATE = 0.1;

    @Override
    public Additive train(Rows rows, long seed) {
        Standardisation standardisation = Standardisation.of(rows.x());
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Label label = rows.bad()[i] ? LogisticTrainer.UNTRUSTED : LogisticTrainer.TRUSTED;
            examples.add(LogisticTrainer.example(rows.names(), standardisation.apply(rows.x()[i]), label));
        }
        LogisticTrainer trainer = new LogisticTrainer(EPOCHS, MINIBATCH, LEARNING_RATE, seed);
        Fit fit = Fit.of(trainer.train(examples), rows.names(), standardisation);
        // A column that never varies within a fold weighs nothing there.
        double[] scales = Arrays.stream(standardisation.scales())
                .map(scale -> scale == 0 ? 1 : scale)
                .toArray();
        Linear linear = new Linear(standardisation.means(), scales, fit.weights());
        return new Additive(fit.intercept(), linear, List.of());
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("epochs", EPOCHS, "minibatch", MINIBATCH, "learningRate", LEARNING_RATE);
    }
}
