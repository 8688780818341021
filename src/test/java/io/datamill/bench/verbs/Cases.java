package io.datamill.bench.verbs;

import io.datamill.pipeline.PlannedVerb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** All that is measured, by name. */
final class Cases {
    static final Map<String, Case> ALL = all();

    private final String kind;
    private final List<Case> cases = new ArrayList<>();

    /** @param kind of those to be added */
    Cases(String kind) {
        this.kind = kind;
    }

    private static Map<String, Case> all() {
        Map<String, Case> all = new LinkedHashMap<>();
        for (List<Case> some : List.of(
                AdapterCases.all(),
                TransformCases.all(),
                ParseCases.all(),
                FittedCases.all(),
                EnrichCases.all(),
                DecideCases.all(),
                StatefulCases.all())) {
            some.forEach(one -> all.put(one.name(), one));
        }
        return all;
    }

    List<Case> list() {
        return cases;
    }

    /**
     * Adds an adapter.
     *
     * @param yaml its options
     * @param record the text of each record
     */
    void adapter(String verb, String variant, String yaml, IntFunction<String> record) {
        cases.add(new Case(kind, verb, variant, () -> Works.adapter("{ " + verb + ": " + yaml + " }", record)));
    }

    /**
     * Adds a step that remembers nothing.
     *
     * @param yaml its options
     * @param fields before it
     * @param row the values of each event
     */
    void step(String verb, String variant, String yaml, String fields, IntFunction<Object[]> row) {
        cases.add(new Case(
                kind,
                verb,
                variant,
                () -> Works.step(
                        PlannedVerb.of("{ " + verb + ": " + yaml + " }", fields, Map.of(), UnaryOperator.identity()),
                        row)));
    }

    void add(String verb, String variant, Callable<Work> opening) {
        cases.add(new Case(kind, verb, variant, opening));
    }

    static Object[] row(Object... values) {
        return values;
    }
}
