package io.datamill.step.score.training;

/** What may be asked for. */
public enum Algorithm {
    /** Logistic regression. */
    LOGISTIC,
    /** Boosted trees. */
    BOOSTING,
    /** A forest of trees. */
    FOREST,
    /** The mean of the others' log-odds. */
    AVERAGE;

    Trainer trainer() {
        if (this != LOGISTIC) {
            throw new IllegalArgumentException(this + " is not there yet");
        }
        return new Logistic();
    }
}
