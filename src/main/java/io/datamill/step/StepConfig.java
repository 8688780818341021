package io.datamill.step;

/**
 * The options of one verb as written, valid in themselves: a record whose compact constructor refuses what cannot be.
 * Throws nothing for what does not fit the schema: {@link Planning} collects those problems.
 */
public interface StepConfig {

    /** The box of the graph this verb belongs to. */
    Stage stage();

    /**
     * Checks the options against {@link Planning#input()} and says what comes out.
     *
     * @return the step to run, or null where a problem was reported
     */
    Step plan(Planning planning);
}
