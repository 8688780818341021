package io.datamill.step.score.training;

import java.util.List;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Logistic regression by Tribuo's stochastic gradient descent with AdaGrad.
 *
 * @param seed of the order in which examples are seen
 */
record LogisticTrainer(int epochs, int minibatch, double learningRate, long seed) {
    static final Label TRUSTED = new Label("ham");
    static final Label UNTRUSTED = new Label("spam");
    private static final double ADAGRAD_EPSILON = 0.1;
    private static final int NO_PROGRESS_LOG = -1;
    private static final LabelFactory LABELS = new LabelFactory();

    LinearSGDModel train(List<Example<Label>> examples) {
        SimpleDataSourceProvenance provenance = new SimpleDataSourceProvenance("samples", LABELS);
        MutableDataset<Label> dataset = new MutableDataset<>(new ListDataSource<>(examples, LABELS, provenance));
        return new LinearSGDTrainer(
                        new LogMulticlass(),
                        new AdaGrad(learningRate, ADAGRAD_EPSILON),
                        epochs,
                        NO_PROGRESS_LOG,
                        minibatch,
                        seed)
                .train(dataset);
    }

    static Example<Label> example(List<String> names, double[] standardised, Label label) {
        return new ArrayExample<>(label, names.toArray(String[]::new), standardised);
    }
}
