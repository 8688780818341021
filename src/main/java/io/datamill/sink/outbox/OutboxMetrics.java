package io.datamill.sink.outbox;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What an outbox shows: counters of rows, rows that wait, and milliseconds of each write. */
final class OutboxMetrics {
    private static final int WINDOW = 1000;

    final Counter written;
    final Counter stale;
    final Counter refused;
    final Counter retried;
    final Histogram writeMillis;

    private final MetricGroup group;

    OutboxMetrics(MetricGroup operator) {
        group = operator.addGroup("outbox");
        written = group.counter("written");
        stale = group.counter("stale");
        refused = group.counter("refused");
        retried = group.counter("retried");
        writeMillis = group.histogram("writeMillis", new DescriptiveStatisticsHistogram(WINDOW));
    }

    /** @param backlog rows in memory and in state */
    void gauges(LongSupplier backlog, BooleanSupplier breakerOpen) {
        group.gauge("backlog", (Gauge<Long>) backlog::getAsLong);
        group.gauge("breakerOpen", (Gauge<Integer>) () -> breakerOpen.getAsBoolean() ? 1 : 0);
    }
}
