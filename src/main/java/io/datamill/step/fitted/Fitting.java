package io.datamill.step.fitted;

/** Learns a step's parameters from a sample, one event at a time; the same events in the same order give the same. */
public interface Fitting {

    /**
     * Takes the values of one event, of the schema before the step.
     *
     * @throws UnsuitableSampleException if the sample is too large for what is to be learned
     */
    void add(Object[] values) throws UnsuitableSampleException;

    /**
     * What was learned, to be written as JSON.
     *
     * @throws UnsuitableSampleException if the sample does not say it
     */
    Object parameters() throws UnsuitableSampleException;
}
