package io.datamill.step;

import io.datamill.event.Event;

/** A step to which several events together cost less than one after the other. */
public interface BatchedStep extends StatelessStep {

    /** How many events to gather at this moment; 1: none. It may change where the step's artifact does. */
    int batch();

    /**
     * Looks at events together. {@link #apply} is then called for each of them in this order, before anything else.
     *
     * @param count how many of them there are, at most {@link #batch}
     */
    void prepare(Event[] events, int count);
}
