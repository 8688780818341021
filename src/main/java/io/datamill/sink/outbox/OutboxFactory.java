package io.datamill.sink.outbox;

import io.datamill.event.Reject;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Gives the outbox its mailbox, which only factories get. */
public final class OutboxFactory extends AbstractStreamOperatorFactory<Reject>
        implements OneInputStreamOperatorFactory<StoreRow, Reject>, YieldingOperatorFactory<Reject> {
    private static final long serialVersionUID = 1L;

    private final OutboxSpec spec;

    public OutboxFactory(OutboxSpec spec) {
        this.spec = spec;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As Flink declares it.
    public <T extends StreamOperator<Reject>> T createStreamOperator(StreamOperatorParameters<Reject> parameters) {
        Outbox outbox = new Outbox(spec, getMailboxExecutor());
        outbox.setProcessingTimeService(processingTimeService);
        outbox.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        return (T) outbox;
    }

    @Override
    @SuppressWarnings("rawtypes") // As Flink declares it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
        return Outbox.class;
    }
}
