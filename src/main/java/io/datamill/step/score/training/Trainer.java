package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import java.util.Map;

/** Learns the log-odds of trust, that is of not being bad. */
public interface Trainer {

    /** The same rows in the same order with the same seed give the same scorer, bit by bit. */
    Additive train(Rows rows, long seed);

    /** What was chosen, by name, for the lineage. */
    Map<String, Object> settings();
}
