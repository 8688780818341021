package io.datamill.operator;

import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets the outcomes through that one sink wants. Where the expression fails on one, that sink alone does not get it: it
 * becomes a reject of the sink.
 */
public final class When extends ProcessFunction<Event, Event> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String pipeline;
    private final Expression wanted;
    private transient Evaluator evaluator;

    /** @param path of the sink in the pipeline's file */
    public When(String path, String pipeline, Expression wanted) {
        this.path = path;
        this.pipeline = pipeline;
        this.wanted = wanted;
    }

    @Override
    public void open(OpenContext context) {
        evaluator = wanted.open();
    }

    @Override
    public void processElement(Event event, Context context, Collector<Event> out) {
        try {
            if ((Boolean) evaluator.evaluate(event.values())) {
                out.collect(event);
            }
        } catch (RejectedEventException e) {
            Reject.Cause cause = new Reject.Cause(path + ".when", e.reason(), e.getMessage(), pipeline);
            context.output(
                    EventOperator.REJECTS,
                    new Reject(
                            event.header().tenant(),
                            event.header().id(),
                            event.header().source().position(),
                            cause,
                            event.header().source().data()));
        }
    }
}
