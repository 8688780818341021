package io.datamill.step.fitted;

import java.util.Collection;

/** What was learned, as an artifact holds it. */
interface Parameters {

    /** The fields that it is about. */
    Collection<String> about();

    /** @throws IllegalArgumentException naming the key */
    static double finite(String key, Double value) {
        if (value == null || !Double.isFinite(value)) {
            throw new IllegalArgumentException(key + ": expected a finite number; found " + value);
        }
        return value;
    }
}
