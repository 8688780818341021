package io.datamill.step.fitted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In how many texts of a sample each term is, or each bucket of terms. */
final class TfIdfFitting implements Fitting {
    /** About 300 MB of terms. */
    private static final int MAX_DIFFERENT = 2_000_000;

    private final int position;
    private final TfIdf.Config config;
    private final Terms terms;
    private final Map<String, Integer> frequencies = new HashMap<>();
    private final long[] bucketFrequencies;
    private final Set<String> inText = new HashSet<>();
    private long rows;
    private long documents;

    TfIdfFitting(int position, TfIdf.Config config) {
        this.position = position;
        this.config = config;
        this.terms = new Terms(config.minLength(), config.maxChars());
        this.bucketFrequencies = new long[config.buckets() == null ? 0 : config.buckets()];
    }

    @Override
    public void add(Object[] values) throws UnsuitableSampleException {
        rows++;
        String text = (String) values[position];
        if (text == null) {
            return;
        }
        documents++;
        inText.clear();
        terms.of(text, inText::add);
        if (config.buckets() == null) {
            inText.forEach(term -> frequencies.merge(term, 1, Integer::sum));
        } else {
            inText.stream()
                    .mapToInt(term -> Buckets.of(term, bucketFrequencies.length))
                    .distinct()
                    .forEach(bucket -> bucketFrequencies[bucket]++);
        }
        if (frequencies.size() > MAX_DIFFERENT) {
            throw new UnsuitableSampleException("field '" + config.field() + "' has more than " + MAX_DIFFERENT
                    + " different terms; give a smaller sample, or buckets");
        }
    }

    @Override
    public Object parameters() throws UnsuitableSampleException {
        if (documents == 0) {
            throw UnsuitableSampleException.noValue(config.field(), rows);
        }
        List<String> taken = new ArrayList<>();
        List<Double> idf = new ArrayList<>();
        if (config.buckets() == null) {
            taken.addAll(vocabulary());
            taken.forEach(term -> idf.add(idf(frequencies.get(term))));
        } else {
            for (long frequency : bucketFrequencies) {
                idf.add(idf(frequency));
            }
        }
        return new TfIdf.Learned(config.field(), documents, config.minLength(), config.maxChars(), taken, idf);
    }

    private List<String> vocabulary() throws UnsuitableSampleException {
        List<String> common = new ArrayList<>(frequencies.entrySet().stream()
                .filter(entry -> entry.getValue() >= config.minDf())
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .limit(config.maxTerms())
                .map(Map.Entry::getKey)
                .toList());
        if (common.isEmpty()) {
            throw new UnsuitableSampleException("field '" + config.field() + "' has no term that is in "
                    + config.minDf() + " or more of the sample's " + documents + " texts");
        }
        Collections.sort(common);
        return common;
    }

    /** Smoothed as scikit-learn does, as if one more text had every term; the same bits on every machine. */
    private double idf(long frequency) {
        return StrictMath.log((1.0 + documents) / (1.0 + frequency)) + 1;
    }
}
