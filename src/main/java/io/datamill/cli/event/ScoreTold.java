package io.datamill.cli.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.cli.event.RecordedModels.Recorded;
import io.datamill.event.RejectedEventException;
import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveModel;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.BoundModel;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.TreeShap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;

/**
 * A score as it was recorded, and how it comes about.
 *
 * @param field that holds it
 * @param recorded the probability of trust that is stored
 * @param again null where it could not be computed again
 * @param problem why not; null where it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScoreTold(String field, String model, double recorded, Again again, String problem, List<Shadow> shadow) {

    /**
     * The score, computed now by the recorded version.
     *
     * @param score the probability of trust
     * @param logOdds of it
     * @param bias to which contributions are added; null where the model gives none
     * @param features the strongest first
     * @param reads the fields that they read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Again(
            double score,
            @JsonProperty("log_odds") double logOdds,
            Double bias,
            List<FeatureTold> features,
            Set<String> reads) {}

    /** @param shap the exact Shapley value; null where nobody asked */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FeatureTold(String feature, double value, double contribution, Double shap) {}

    /** What a challenger said. */
    public record Shadow(String model, double score) {}

    /** @param stored the recorded score, as the score step gives it */
    static ScoreTold of(String field, IndexedRecord stored, Object[] values, RecordedModels models, boolean shap)
            throws IOException, InvalidModelException {
        double recorded =
                (Double) stored.get(stored.getSchema().getField("score").pos());
        String identity = stored.get(stored.getSchema().getField("model").pos()).toString();
        Optional<Recorded> found = models.find(identity);
        Again again = null;
        String problem = null;
        try {
            again = found.isEmpty() ? null : again(found.get(), values, shap);
            problem = found.isEmpty() ? identity + " is not in the directory any more" : null;
        } catch (RejectedEventException e) {
            problem = e.getMessage();
        }
        return new ScoreTold(field, identity, recorded, again, problem, shadow(stored));
    }

    private static Again again(Recorded recorded, Object[] values, boolean shap) throws RejectedEventException {
        double margin = recorded.bound().margin(values);
        Double bias = recorded.bound() instanceof AdditiveModel additive ? (Double) additive.bias() : null;
        return new Again(BoundModel.probability(margin), margin, bias, features(recorded, shap), reads(recorded));
    }

    private static List<FeatureTold> features(Recorded recorded, boolean shap) {
        if (!(recorded.bound() instanceof AdditiveModel model)
                || !(recorded.model().scorer() instanceof Additive additive)) {
            return List.of();
        }
        double[] x = new double[recorded.model().features().size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = model.value(i);
        }
        double[] exact = shap ? new TreeShap(additive).contributions(x) : null;
        List<FeatureTold> features = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            features.add(new FeatureTold(
                    model.name(i), x[i], model.contribution(i), exact == null ? null : (Double) exact[i]));
        }
        features.sort(Comparator.comparingDouble(feature -> -Math.abs(feature.contribution)));
        return features;
    }

    /** The first part of each path that a feature names. */
    private static Set<String> reads(Recorded recorded) {
        Set<String> fields = new LinkedHashSet<>();
        recorded.model().features().forEach(feature -> {
            JsonNode declared = ArtifactJson.tree(feature.feature());
            for (String key : List.of("field", "other", "among")) {
                declared.findValues(key)
                        .forEach(path -> fields.add(path.asText().split("[.\\[]", 2)[0]));
            }
        });
        return fields;
    }

    private static List<Shadow> shadow(IndexedRecord stored) {
        List<Shadow> scores = new ArrayList<>();
        if (stored.getSchema().getField("shadow") != null
                && stored.get(stored.getSchema().getField("shadow").pos()) instanceof List<?> list) {
            for (Object one : list) {
                IndexedRecord score = (IndexedRecord) one;
                scores.add(new Shadow(
                        score.get(score.getSchema().getField("model").pos()).toString(),
                        (Double) score.get(score.getSchema().getField("score").pos())));
            }
        }
        return scores;
    }
}
