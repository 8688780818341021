package io.datamill.bench.verbs;

import java.util.concurrent.Callable;

/**
 * What is measured under one name.
 *
 * @param kind {@code adapter} or {@code step}, as the reference has it
 * @param verb the name in the YAML
 * @param variant what tells several cases of a verb apart; empty for the only one
 * @param opening plans and opens it
 */
record Case(String kind, String verb, String variant, Callable<Work> opening) {
    String name() {
        return kind + ' ' + verb + (variant.isEmpty() ? "" : ' ' + variant);
    }
}
