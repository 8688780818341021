package io.datamill.operator;

import io.datamill.event.Event;
import io.datamill.step.AsyncStep;
import io.datamill.step.PlannedStep;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Runs one step that waits for another system. */
public final class AsyncStepFunction extends RichAsyncFunction<Event, Event> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final AsyncStep step;

    /** @param planned whose {@link PlannedStep#step()} is an {@link AsyncStep} */
    public AsyncStepFunction(PlannedStep planned) {
        this.path = planned.path();
        this.step = (AsyncStep) planned.step();
    }

    @Override
    public void open(OpenContext context) {
        try {
            step.open();
        } catch (Exception e) {
            throw new IllegalStateException(path + " cannot start: " + e.getMessage(), e);
        }
    }

    @Override
    public void asyncInvoke(Event event, ResultFuture<Event> result) {
        CompletionStage<Event> answer;
        try {
            answer = step.apply(event);
        } catch (RuntimeException e) {
            throw new FailedStepException(path, event, e);
        }
        answer.whenComplete((next, failure) -> {
            if (failure == null) {
                result.complete(List.of(next));
            } else {
                result.completeExceptionally(new FailedStepException(path, event, failure));
            }
        });
    }

    @Override
    public void timeout(Event event, ResultFuture<Event> result) {
        TimeoutException cause = new TimeoutException("no answer in time; is what it asks down, or too slow?");
        result.completeExceptionally(new FailedStepException(path, event, cause));
    }

    @Override
    public void close() throws Exception {
        step.close();
    }
}
