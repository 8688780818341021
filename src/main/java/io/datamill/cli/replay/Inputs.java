package io.datamill.cli.replay;

import io.datamill.pipeline.Plan;
import java.util.Optional;

/** Which of a plan's inputs reads a stream. */
final class Inputs {
    private Inputs() {}

    /**
     * The input that reads a stream today.
     *
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if the name of one refers to what is not set
     */
    static Optional<Plan.Input> of(Plan plan, String stream) {
        return plan.inputs().stream()
                .filter(input -> input.source() != null
                        && input.source().stream().resolve().equals(stream))
                .findFirst();
    }
}
