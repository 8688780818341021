package io.datamill.event;

/**
 * How far the events of a window are from what was expected of them, in one respect.
 *
 * @param name the feature or the verdict; empty for the score and the volume
 */
public record DriftFigure(Window window, What what, String name, Measure measure) {

    /** In which respect. */
    public enum What {
        /** The distribution of the score: PSI. */
        SCORE,
        /** The distribution of a feature: PSI. */
        FEATURE,
        /** The share of events where a field of the feature is null or empty. */
        NULLS,
        /** The share of events with a verdict. */
        VERDICT,
        /** How many events came. */
        VOLUME
    }

    /**
     * Of what.
     *
     * @param step the id of the step that expects
     * @param model {@code name@version}; the name alone for what is of all versions together: verdicts and volume
     * @param start the window's first millisecond, since the epoch
     * @param events so many were counted
     */
    public record Window(String step, String tenant, String model, long start, long events) {}

    /**
     * The figure.
     *
     * @param expected NaN where that has still to be learnt
     * @param allowed what the distance may be: of PSI itself, of shares the difference, of volumes the ratio
     */
    public record Measure(double value, double expected, double allowed, boolean breached) {}
}
