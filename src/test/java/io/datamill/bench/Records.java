package io.datamill.bench;

import io.datamill.event.KeyedRecord;
import io.datamill.step.adapter.Peek;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes each subtask's share of the stream: every n-th mail, so that all subtasks are at the same time. */
final class Records extends RichMapFunction<Long, KeyedRecord> {
    private static final long serialVersionUID = 1L;

    /** Far apart, so that subtasks do not share a cache line. */
    private static final int SPREAD = 16;

    private static final AtomicLongArray COUNTS = new AtomicLongArray(8 * SPREAD);

    private final MailStream mails;
    private final Peek peek;
    private transient int subtask;
    private transient int subtasks;
    private transient long count;

    Records(MailStream mails, Peek peek) {
        this.mails = mails;
        this.peek = peek;
    }

    /** How many the job that runs in this process has taken in. */
    static long count() {
        long total = 0;
        for (int i = 0; i < COUNTS.length(); i += SPREAD) {
            total += COUNTS.get(i);
        }
        return total;
    }

    static void reset() {
        for (int i = 0; i < COUNTS.length(); i += SPREAD) {
            COUNTS.set(i, 0);
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        peek.open();
    }

    @Override
    public KeyedRecord map(Long ignored) {
        KeyedRecord record = peek.peek(mails.get(count * subtasks + subtask));
        COUNTS.lazySet(subtask * SPREAD, ++count);
        return record;
    }

    @Override
    public void close() throws Exception {
        peek.close();
    }
}
