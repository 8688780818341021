package io.datamill.pipeline;

/**
 * How much of a file is planned.
 *
 * @param trial whether it is only tried: nothing of it need say where events come from, where outcomes, rejects and the
 *     ledger go, or what the references in those sections stand for
 * @param step null: all steps; else the first so called ends the pipeline, which then has neither sinks nor branches:
 *     {@code steps[2]}, {@code steps[2].geoip}, {@code geoip} or its id
 * @param inclusive whether that step is planned as well
 */
record Extent(boolean trial, String step, boolean inclusive) {
    static final Extent DEPLOYED = new Extent(false, null, true);
    static final Extent TRIED = new Extent(true, null, true);
}
