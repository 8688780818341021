package io.datamill.step.score.training;

import java.util.List;
import java.util.Locale;

/** What may be asked for. */
public enum Algorithm {
    /** Logistic regression. */
    LOGISTIC(Logistic.USUAL),
    /** Boosted trees. */
    BOOSTING(Xgboost.BOOSTING),
    /** A forest of trees. */
    FOREST(Xgboost.FOREST),
    /** The mean of the others' log-odds, each calibrated. */
    AVERAGE(null);

    private final Trainer trainer;

    Algorithm(Trainer trainer) {
        this.trainer = trainer;
    }

    /** Those whose log-odds are averaged: itself, or several. */
    List<Algorithm> members() {
        return this == AVERAGE ? List.of(LOGISTIC, BOOSTING, FOREST) : List.of(this);
    }

    /** Null for the average, which has members. */
    Trainer trainer() {
        return trainer;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
