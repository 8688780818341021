package io.datamill.step.score.training;

import io.datamill.step.score.AdditiveModel;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.tribuo.Tribuo;

/**
 * One training: the features, where their values come from, and the seed.
 *
 * @param featuresSha256 of the file that declares them, for the lineage
 * @param schema of the samples' values
 */
public record Training(String name, Map<String, Feature> features, String featuresSha256, Schema schema, long seed) {
    private static final String CODE = "datamill-train/1";
    private static final int FOLDS = 5;
    private static final int MIN_OF_A_KIND = 50;
    private static final int EPOCHS = 5;
    private static final int MINIBATCH = 8;
    private static final double LEARNING_RATE = 0.1;

    /**
     * What a training gives: both are files of the artifact.
     *
     * @param lineage to be written as it is
     */
    public record Result(Model model, Object lineage) {}

    /**
     * Trains on some corpora and reports on others, which have no influence on the model.
     *
     * @throws IllegalArgumentException if a feature does not fit the schema, or there is too little of either kind
     */
    public Result run(List<Corpus> train, List<Corpus> test) {
        Selection selection = Selection.of(train);
        long fewer = Math.min(selection.count(true), selection.count(false));
        if (fewer < MIN_OF_A_KIND) {
            throw new IllegalArgumentException(
                    "expected at least " + MIN_OF_A_KIND + " different mails of each kind; found " + fewer);
        }
        FeatureTable table = new FeatureTable(features, schema);
        LogisticTrainer trainer = new LogisticTrainer(EPOCHS, MINIBATCH, LEARNING_RATE, seed);
        Lineage.HeldOut heldOut =
                Quality.heldOut(CrossValidation.run(trainer, table, selection.samples(), FOLDS), FOLDS);
        Model model = model(Fit.of(trainer, table, selection.samples()), heldOut);
        Evaluation evaluation = Evaluation.of(bound(model), train);
        Lineage lineage = new Lineage(
                new Lineage.Code(
                        CODE, "tribuo " + Tribuo.VERSION, trainer, featuresSha256, table.sha256(selection.samples())),
                inputs(evaluation, model.thresholds(), train, test),
                data(selection, model),
                heldOut,
                Quality.of(evaluation.scores(test, true), evaluation.scores(test, false)));
        return new Result(model, lineage);
    }

    private Model model(Fit fit, Lineage.HeldOut heldOut) {
        List<Lineage.Threshold> suggested = heldOut.thresholds();
        Model.Thresholds thresholds =
                new Model.Thresholds(suggested.get(0).below(), suggested.get(1).below());
        return new Model(
                Model.Identity.unversioned(name, "logistic"),
                thresholds,
                fit.varying(features),
                fit.additive(),
                Map.of());
    }

    private AdditiveModel bound(Model model) {
        return AdditiveModel.plan(model, schema, problem -> {
            throw new IllegalStateException(problem);
        });
    }

    private Lineage.Data data(Selection selection, Model model) {
        Set<String> kept = new HashSet<>();
        model.features().forEach(feature -> kept.add(feature.name()));
        return new Lineage.Data(
                selection.count(true),
                selection.count(false),
                selection.repeated(),
                selection.contradictory(),
                features.keySet().stream().filter(name -> !kept.contains(name)).toList());
    }

    private static List<Lineage.Input> inputs(
            Evaluation evaluation, Model.Thresholds thresholds, List<Corpus> train, List<Corpus> test) {
        return Stream.concat(
                        train.stream().map(corpus -> input(corpus, "train", null)),
                        test.stream()
                                .map(corpus ->
                                        input(corpus, "test", Quality.shares(evaluation.scores(corpus), thresholds))))
                .toList();
    }

    private static Lineage.Input input(Corpus corpus, String use, Lineage.Shares shares) {
        Lineage.Read read = new Lineage.Read(corpus.samples().size(), corpus.sha256());
        return new Lineage.Input(corpus.name(), corpus.trusted() ? "ham" : "spam", use, read, shares);
    }
}
