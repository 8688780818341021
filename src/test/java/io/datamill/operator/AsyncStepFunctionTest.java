package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.step.AsyncStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.testing.Events;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.junit.jupiter.api.Test;

/** Whatever way a step fails, the failure says which step, on which event. */
class AsyncStepFunctionTest {
    private static final String WHERE = "steps[1].lookup failed on event id-7 of tenant acme at ";

    private final Event event = Events.event("id-7", 0);
    private final Result result = new Result();

    @Test
    void saysWhereAnAnswerFailed() throws Exception {
        function(CompletableFuture.failedFuture(new IllegalStateException("down")))
                .asyncInvoke(event, result);
        assertThat(result.failure).hasMessageStartingWith(WHERE).hasMessageContaining("down");
    }

    @Test
    void saysWhereAskingFailed() {
        assertThatThrownBy(() -> function(null).asyncInvoke(event, result))
                .hasMessageStartingWith(WHERE)
                .hasMessageContaining("nobody to ask");
    }

    @Test
    void saysWhereNoAnswerCame() throws Exception {
        function(new CompletableFuture<>()).timeout(event, result);
        assertThat(result.failure).hasMessageStartingWith(WHERE).hasMessageContaining("no answer in time");
    }

    @Test
    void givesTheAnswer() throws Exception {
        function(CompletableFuture.completedFuture(event)).asyncInvoke(event, result);
        assertThat(result.given).containsExactly(event);
    }

    private static AsyncStepFunction function(CompletionStage<Event> answer) {
        return new AsyncStepFunction(new PlannedStep("steps[1].lookup", Stage.LOOKUP, null, new Answering(answer)));
    }

    /** Answers with what it is told, or cannot even ask. */
    private record Answering(CompletionStage<Event> answer) implements AsyncStep {
        @Override
        public String id() {
            return "answering";
        }

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public CompletionStage<Event> apply(Event asked) {
            if (answer == null) {
                throw new IllegalStateException("nobody to ask");
            }
            return answer;
        }
    }

    private static final class Result implements ResultFuture<Event> {
        private Collection<Event> given;
        private Throwable failure;

        @Override
        public void complete(Collection<Event> events) {
            given = events;
        }

        @Override
        public void completeExceptionally(Throwable error) {
            failure = error;
        }
    }
}
