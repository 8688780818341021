package io.datamill.operator;

import io.datamill.event.LedgerEntry;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums the subtasks' counts to the total of each tenant, minute and fate. What it gives is absolute, so that writing it
 * again changes nothing.
 */
public final class LedgerTotals extends KeyedProcessFunction<String, LedgerEntry, LedgerEntry> {
    private static final long serialVersionUID = 1L;

    /**
     * How long after its minute, in event time, a total is kept. A record is counted under the minute it arrived in;
     * its event time lies at most a day ahead of that, so once the watermark has passed two days no count can follow.
     */
    private static final long KEPT = 2 * 24 * 3600_000L;

    private transient ValueState<Long> total;

    /** One key for each total. */
    public static String key(LedgerEntry entry) {
        return entry.minute() + "/" + entry.fate() + '/' + entry.tenant();
    }

    @Override
    public void open(OpenContext context) {
        total = getRuntimeContext().getState(new ValueStateDescriptor<>("total", Types.LONG));
    }

    @Override
    public void processElement(LedgerEntry entry, Context context, Collector<LedgerEntry> out) throws Exception {
        Long before = total.value();
        long now = entry.count() + (before == null ? 0 : before);
        total.update(now);
        context.timerService().registerEventTimeTimer(entry.minute() + KEPT);
        out.collect(new LedgerEntry(entry.tenant(), entry.minute(), entry.fate(), now));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<LedgerEntry> out) throws Exception {
        // The end of a bounded input passes every time at once, and counts still follow it.
        if (context.timerService().currentWatermark() != Long.MAX_VALUE) {
            total.clear();
        }
    }
}
