package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveModel;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;

class TrainingTest {
    private static final Schema SCHEMA = SchemaBuilder.record("Mail")
            .fields()
            .optionalDouble("heat")
            .requiredInt("urls")
            .optionalString("spf")
            .endRecord();
    private static final Map<String, Feature> FEATURES = new LinkedHashMap<>();

    static {
        FEATURES.put("urls", new Feature.Log1p(new Feature.Numeric("urls", 0)));
        FEATURES.put("spf-fail", new Feature.Category("spf", "fail", 0));
        FEATURES.put("heat", new Feature.Numeric("heat", 0));
    }

    @Test
    void scoresAsTribuoDoes() {
        List<Sample> samples = Selection.of(corpora(7)).samples();
        FeatureTable table = new FeatureTable(FEATURES, SCHEMA);
        double[][] rows = samples.stream().map(table::row).toArray(double[][]::new);
        Standardisation standardisation = Standardisation.of(rows);
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            Label label = samples.get(i).trusted() ? LogisticTrainer.TRUSTED : LogisticTrainer.UNTRUSTED;
            examples.add(LogisticTrainer.example(table.names(), standardisation.apply(rows[i]), label));
        }
        LinearSGDModel tribuo = new LogisticTrainer(5, 8, 0.1, 1).train(examples);
        Fit fit = Fit.of(tribuo, table.names(), standardisation);
        AdditiveModel ours = bound(new Model(
                Model.Identity.unversioned("mail", "logistic"),
                new Model.Thresholds(0, 1),
                fit.varying(FEATURES),
                fit.additive(),
                Map.of()));
        for (int i = 0; i < rows.length; i++) {
            double expected = tribuo.predict(examples.get(i))
                    .getOutputScores()
                    .get(LogisticTrainer.TRUSTED.getLabel())
                    .getScore();
            double score = AdditiveModel.probability(ours.margin(samples.get(i).values()));
            assertThat(score).isCloseTo(expected, within(1e-9));
            assertThat(fit.score(rows[i])).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void learnsWhatTellsTheKindsApart() {
        Model model = training(1).run(corpora(7), List.of()).model();
        assertThat(model.features()).extracting(NamedFeature::name).containsExactly("urls", "heat");
        double[] weights = ((Additive) model.scorer()).linear().weights();
        assertThat(weights[0]).isNegative();
        assertThat(weights[1]).isPositive();
        assertThat(model.thresholds().quarantine())
                .isBetween(0.0, model.thresholds().label());
    }

    @Test
    void givesTheSameBytesForTheSameSeedAndOthersForAnother() {
        String first = rendered(training(1).run(corpora(7), corpora(8)));
        assertThat(rendered(training(1).run(corpora(7), corpora(8)))).isEqualTo(first);
        assertThat(rendered(training(2).run(corpora(7), corpora(8)))).isNotEqualTo(first);
    }

    @Test
    void isNotChangedByTheCorporaItReportsOn() {
        Model model = training(1).run(corpora(7), List.of()).model();
        assertThat(training(1).run(corpora(7), corpora(8)).model()).isEqualTo(model);
    }

    @Test
    void saysWhichFeaturesNeverVary() {
        Lineage lineage = (Lineage) training(1).run(corpora(7), List.of()).lineage();
        assertThat(lineage.data().constant()).containsExactly("spf-fail");
        assertThat(lineage.test()).isEmpty();
    }

    @Test
    void reportsOnlyOnMailsItHasNotSeen() {
        List<Corpus> train = corpora(7);
        Lineage lineage = (Lineage)
                training(1).run(train, List.of(train.get(0), corpora(8).get(1))).lineage();
        assertThat(lineage.inputs()).extracting(Lineage.Input::use).containsExactly("train", "train", "test", "test");
        assertThat(lineage.inputs().get(2).test().mails()).isZero();
        assertThat(lineage.inputs().get(3).test().mails()).isEqualTo(200);
    }

    @Test
    void refusesTooFewMailsOfAKind() {
        List<Corpus> few = List.of(corpora(7).get(0));
        assertThatThrownBy(() -> training(1).run(few, List.of()))
                .hasMessage("expected at least 50 different mails of each kind; found 0");
    }

    @Test
    void keepsTheFirstOfSeveralCopiesAndNoneOfAMailThatIsHeldToBeBoth() {
        Selection selection = Selection.of(List.of(
                new Corpus("a", true, "", List.of(sample("1", true), sample("2", true), sample("1", true))),
                new Corpus("b", false, "", List.of(sample("2", false), sample("3", false), sample("2", false)))));
        assertThat(selection.samples()).extracting(Sample::id).containsExactly("1", "3");
        assertThat(selection.repeated()).isEqualTo(1);
        assertThat(selection.contradictory()).isEqualTo(3);
    }

    @Test
    void neverSplitsAGroupAndFillsTheFoldsEvenly() {
        List<Sample> samples = Selection.of(corpora(7)).samples();
        Folds folds = new Folds(samples.stream().map(Sample::group).toList(), 5);
        Map<String, Set<Integer>> byGroup = samples.stream()
                .collect(Collectors.groupingBy(Sample::group, Collectors.mapping(sample -> folds.of(sample.group()), Collectors.toSet())));
        assertThat(byGroup)
                .hasSize(folds.groups())
                .allSatisfy((group, held) -> assertThat(held).hasSize(1));
        Map<Integer, Long> sizes = samples.stream().collect(Collectors.groupingBy(sample -> folds.of(sample.group()), Collectors.counting()));
        assertThat(sizes.values())
                .hasSize(5)
                .allSatisfy(size -> assertThat(size).isBetween(60L, 100L));
    }

    private static String rendered(Training.Result result) {
        return ModelArtifact.render(result.model()) + ArtifactJson.write(result.lineage());
    }

    private static AdditiveModel bound(Model model) {
        return AdditiveModel.plan(model, SCHEMA, problem -> assertThat(problem).isNull());
    }

    private static Training training(long seed) {
        return new Training("mail", FEATURES, "", SCHEMA, seed);
    }

    /** 200 of each kind that overlap; the features but spf tell something. */
    private static List<Corpus> corpora(long seed) {
        return Stream.of(true, false)
                .map(trusted -> new Corpus("c" + trusted, trusted, "", samples(new Random(seed), trusted, seed)))
                .toList();
    }

    private static List<Sample> samples(Random random, boolean trusted, long seed) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Object[] values = {
                i % 9 == 0 ? null : random.nextGaussian() + (trusted ? 1 : 0), random.nextInt(trusted ? 5 : 9), "pass"
            };
            samples.add(new Sample(seed + "-" + trusted + i, "g" + random.nextInt(40), trusted, values));
        }
        return samples;
    }

    private static Sample sample(String id, boolean trusted) {
        return new Sample(id, "", trusted, new Object[] {1.0, 1, "pass"});
    }
}
