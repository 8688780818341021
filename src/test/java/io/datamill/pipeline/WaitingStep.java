package io.datamill.pipeline;

import io.datamill.event.Event;
import io.datamill.step.AsyncStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives each event a moment later, as it was. */
record WaitingStep(String id) implements AsyncStep {
    private static final long serialVersionUID = 1L;

    /** The verb. */
    record Config(String id) implements StepConfig {
        @Override
        public Stage stage() {
            return Stage.LOOKUP;
        }

        @Override
        public Step plan(Planning planning) {
            return new WaitingStep(id);
        }
    }

    @Override
    public int capacity() {
        return 3;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public CompletionStage<Event> apply(Event event) {
        return CompletableFuture.supplyAsync(() -> event);
    }
}
