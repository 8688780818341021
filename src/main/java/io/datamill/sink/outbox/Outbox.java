package io.datamill.sink.outbox;

import io.datamill.event.Reject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes rows to a store in batches, one write at a time, and goes on without the store while that does not answer.
 *
 * <p>A row is in memory, or, once the breaker has opened, in keyed state behind the other rows of its bucket; never are
 * rows of one bucket in both, so that the rows of an event stay in order. What is in memory at a snapshot is put into
 * state under its own bucket, which only an operator can do. A row leaves the state, and its reject leaves the operator,
 * in the same turn of the task's thread: a snapshot sees both or neither.
 */
final class Outbox extends AbstractStreamOperator<Reject> implements OneInputStreamOperator<StoreRow, Reject> {
    private static final long serialVersionUID = 1L;

    private final OutboxSpec spec;
    private final transient MailboxExecutor mailbox;
    private transient Delivery delivery;
    private transient ListState<StoreRow> pending;
    private transient Set<Integer> pendingBuckets;
    private transient Spill spill;

    Outbox(OutboxSpec spec, MailboxExecutor mailbox) {
        this.spec = spec;
        this.mailbox = mailbox;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pending = context.getKeyedStateStore()
                .getListState(new ListStateDescriptor<>("pending", TypeInformation.of(StoreRow.class)));
        spill = new Spill(spec.batching(), context.getKeyedStateStore(), this::setCurrentKey);
    }

    @Override
    public void open() throws Exception {
        super.open();
        StoreWriter writer = new StoreWriter(
                spec.name(),
                spec.store().open(),
                mailbox,
                spec.batching().timeout().toMillis());
        OutboxMetrics metrics = new OutboxMetrics(getMetricGroup());
        Settlement settlement = new Settlement(spec.path(), metrics, this::reject);
        delivery = new Delivery(spec.batching(), spill, writer, settlement);
        metrics.gauges(delivery::backlog, settlement::isBreakerOpen);
        pendingBuckets = new HashSet<>();
        for (int bucket : ownBuckets()) {
            spill.restore(bucket);
            setCurrentKey(bucket);
            for (StoreRow row : pending.get()) {
                delivery.restored(row);
                pendingBuckets.add(bucket);
            }
        }
        delivery.pump(true);
    }

    @Override
    public void processElement(StreamRecord<StoreRow> element) throws Exception {
        StoreRow row = element.getValue();
        int bucket = row.key().bucket();
        while (!delivery.accept(bucket, row)) {
            mailbox.yield();
        }
    }

    /** Starts to write what is there, so that less of it is in the next snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        delivery.pump(true);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Map<Integer, List<StoreRow>> rows = new HashMap<>();
        delivery.inMemory(row ->
                rows.computeIfAbsent(row.key().bucket(), b -> new ArrayList<>()).add(row));
        for (int bucket : pendingBuckets) {
            if (!rows.containsKey(bucket)) {
                setCurrentKey(bucket);
                pending.clear();
            }
        }
        for (Map.Entry<Integer, List<StoreRow>> entry : rows.entrySet()) {
            setCurrentKey(entry.getKey());
            pending.update(entry.getValue());
        }
        pendingBuckets = new HashSet<>(rows.keySet());
        spill.snapshot();
    }

    /** The end of a bounded input: waits until the store has everything, however long that takes. */
    @Override
    public void finish() throws Exception {
        while (!delivery.isDone()) {
            delivery.pump(true);
            if (!delivery.isDone()) {
                mailbox.yield();
            }
        }
        super.finish();
    }

    /** Whether nothing waits and nothing is under way. */
    boolean isIdle() {
        return delivery.isDone();
    }

    @Override
    public void close() throws Exception {
        if (delivery != null) {
            delivery.close();
        }
        super.close();
    }

    private void reject(StoreRow row, RowResult.Refused refused) {
        Reject reject = new Reject(
                row.key().tenant(),
                row.key().id(),
                row.position(),
                new Reject.Cause(spec.path(), refused.code(), refused.reason(), spec.pipeline()),
                row.payload());
        output.collect(new StreamRecord<>(reject, row.position().arrivalTime()));
    }

    private int[] ownBuckets() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int groups = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange own = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                groups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
        return IntStream.range(0, StoreRow.BUCKETS)
                .filter(bucket -> own.contains(KeyGroupRangeAssignment.assignToKeyGroup(bucket, groups)))
                .toArray();
    }
}
