package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * What the operators that give events have in common: rejects and ledger entries go to side outputs, anything
 * unexpected fails the job with the step's path and the event's id.
 *
 * <p>An operator and not a ProcessFunction, since the ledger's counts have to leave before the barrier does.
 */
public abstract class EventOperator extends AbstractStreamOperator<Event> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<Reject> REJECTS = new OutputTag<>("rejects", TypeInformation.of(Reject.class));
    public static final OutputTag<LedgerEntry> LEDGER =
            new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));

    private final PipelineVersion pipeline;
    private final Counting counting;
    private transient Tally tally;
    private transient Map<Fate, Counter> fates;
    private transient StreamRecord<Event> outgoing;

    /** What an operator adds to the ledger. */
    public enum Counting {
        /** Nothing: it works on copies of events that are counted elsewhere. */
        NOTHING,
        /** What it keeps from going on. */
        LOSSES,
        /** That, and what it gives, which goes to the sinks. */
        OUTCOMES
    }

    @SuppressWarnings("this-escape")
    EventOperator(PipelineVersion pipeline, Counting counting) {
        this.pipeline = pipeline;
        this.counting = counting;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        tally = new Tally();
        outgoing = new StreamRecord<>(null);
        fates = new EnumMap<>(Fate.class);
    }

    final void send(Event event) {
        if (counting == Counting.OUTCOMES) {
            count(event, Fate.OUT);
        }
        output.collect(outgoing.replace(event, event.header().time()));
    }

    final void count(Event event, Fate fate) {
        count(event.header().tenant(), event.header().source(), fate);
    }

    final void count(String tenant, SourceRecord source, Fate fate) {
        if (counting != Counting.NOTHING) {
            tally.add(tenant, source.position().arrivalTime(), fate);
        }
        fates.computeIfAbsent(fate, f -> getMetricGroup().counter(f.name().toLowerCase(Locale.ROOT)))
                .inc();
    }

    final void reject(Event event, String path, RejectedEventException cause) {
        reject(event.header().tenant(), event.header().id(), event.header().source(), path, cause);
    }

    final void reject(String tenant, String id, SourceRecord source, String path, RejectedEventException cause) {
        count(tenant, source, Fate.REJECTED);
        Reject reject = new Reject(
                tenant,
                id,
                source.position(),
                new Reject.Cause(path, cause.reason(), cause.getMessage(), pipeline.toString()),
                source.data());
        output.collect(REJECTS, new StreamRecord<>(reject, source.position().arrivalTime()));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flushTally();
    }

    @Override
    public void finish() throws Exception {
        flushTally();
        super.finish();
    }

    private void flushTally() {
        tally.drain(entry -> output.collect(LEDGER, new StreamRecord<>(entry, entry.minute())));
    }
}
