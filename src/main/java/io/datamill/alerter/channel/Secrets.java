package io.datamill.alerter.channel;

import io.datamill.config.Reference;

/** Options that hold a secret. */
final class Secrets {
    private Secrets() {}

    /** @throws IllegalArgumentException beginning with the option, if it is missing or written out */
    static void referred(String option, Reference value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing; give ${env:NAME} or ${file:PATH}");
        }
        if (!value.written().contains("${")) {
            throw new IllegalArgumentException(option + " is a secret; give it as ${env:NAME} or ${file:PATH}");
        }
    }
}
