package io.datamill.step.score;

import java.io.Serializable;

/** A feature bound to the positions of a planned schema: what is run for each event. It leaves no garbage. */
@FunctionalInterface
public interface Measure extends Serializable {

    /**
     * @param values an event's, of the schema the feature was planned against
     * @return a finite number
     */
    double of(Object[] values);
}
