package io.datamill.step.fitted;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What tf-idf learned of a sample.
 *
 * @param terms the vocabulary; empty where terms are hashed
 * @param idf of each term, or of each bucket
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TermWeights(String field, long documents, int minLength, int maxChars, List<String> terms, List<Double> idf)
        implements Parameters {
    TermWeights {
        if (!terms.isEmpty() && terms.size() != idf.size()) {
            throw new IllegalArgumentException("idf: expected one for each term");
        }
        if (idf.isEmpty() || !idf.stream().allMatch(one -> Parameters.finite("idf", one) > 0)) {
            throw new IllegalArgumentException("idf: expected numbers above 0");
        }
    }

    static TermWeights unweighted(TfIdf.Config config) {
        List<Double> ones = Collections.nCopies(config.buckets(), 1.0);
        return new TermWeights(config.field(), 0, config.minLength(), config.maxChars(), List.of(), ones);
    }

    boolean isFor(TfIdf.Config config) {
        boolean hashed = config.buckets() != null;
        return minLength == config.minLength()
                && maxChars == config.maxChars()
                && terms.isEmpty() == hashed
                && (!hashed || idf.size() == config.buckets());
    }

    @Override
    public Collection<String> about() {
        return List.of(field);
    }
}
