package io.datamill.step.score;

/** What the records of a model refuse. */
final class Checks {
    private Checks() {}

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    static void finite(String key, double value) {
        require(Double.isFinite(value), key + ": expected a finite number; found " + value);
    }

    static void finite(String key, double... values) {
        for (int i = 0; i < values.length; i++) {
            finite(key + '[' + i + ']', values[i]);
        }
    }
}
