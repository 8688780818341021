package io.datamill.step.score.training;

import java.util.List;
import java.util.Locale;

/** What may be asked for. */
public enum Algorithm {
    /** Logistic regression. */
    LOGISTIC,
    /** Boosted trees. */
    BOOSTING,
    /** A forest of trees. */
    FOREST,
    /** The mean of the others' log-odds, each calibrated. */
    AVERAGE;

    /** Those whose log-odds are averaged: itself, or several. */
    List<Algorithm> members() {
        return this == AVERAGE ? List.of(LOGISTIC, BOOSTING, FOREST) : List.of(this);
    }

    /** Of one that has no members but itself. */
    Trainer trainer() {
        return switch (this) {
            case LOGISTIC -> Logistic.USUAL;
            case BOOSTING -> Xgboost.BOOSTING;
            case FOREST -> Xgboost.FOREST;
            case AVERAGE -> throw new IllegalStateException("an average is learnt by its members");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
