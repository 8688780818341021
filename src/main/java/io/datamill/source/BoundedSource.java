package io.datamill.source;

import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Peek;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.RichSourceFunction;

/**
 * Reads a bounded number of records in the place of a stream. No time passes until all have been read: nothing is late,
 * and every window ends behind the last record.
 */
public final class BoundedSource extends RichSourceFunction<KeyedRecord> {
    private static final long serialVersionUID = 1L;

    private final List<Records> records;
    private final Peek peek;
    private volatile boolean cancelled;

    private BoundedSource(List<Records> records, Peek peek) {
        this.records = records;
        this.peek = peek;
    }

    /** @param name of its operator */
    public static DataStream<KeyedRecord> attach(
            StreamExecutionEnvironment env, String name, List<Records> records, Peek peek) {
        return env.addSource(new BoundedSource(List.copyOf(records), peek), name, KeyedRecordTypeInformation.INSTANCE);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        peek.open();
    }

    @Override
    public void run(SourceContext<KeyedRecord> context) throws Exception {
        for (Records some : records) {
            some.forEach(record -> collect(record, context));
        }
    }

    private void collect(SourceRecord record, SourceContext<KeyedRecord> context) {
        if (cancelled) {
            throw new CancellationException("cancelled before the end of the records");
        }
        KeyedRecord keyed = peek.peek(record);
        context.collectWithTimestamp(keyed, keyed.time());
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() throws Exception {
        peek.close();
    }
}
