package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.EventReader;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Decodes each record, once, behind the shuffle; also counts it in. */
public final class AdapterOperator extends EventOperator
        implements OneInputStreamOperator<KeyedRecord, Event>, EventReader.Output {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final EventReader reader;

    /** @param path where the adapter stands in the pipeline's file */
    public AdapterOperator(PipelineVersion pipeline, String path, EventReader reader, Counting counting) {
        super(pipeline, counting);
        this.path = path;
        this.reader = reader;
    }

    @Override
    public void open() throws Exception {
        super.open();
        reader.open();
    }

    @Override
    public void processElement(StreamRecord<KeyedRecord> element) {
        reader.read(element.getValue(), this);
    }

    @Override
    public void event(Event event) {
        count(event, Fate.IN);
        send(event);
    }

    @Override
    public void reject(SourceRecord part, RejectedEventException cause) {
        count("", part, Fate.IN);
        reject("", "", part, path, cause);
    }

    @Override
    public void empty(SourceRecord record) {
        count("", record, Fate.IN);
        count("", record, Fate.FILTERED);
    }

    @Override
    public void close() throws Exception {
        reader.close();
        super.close();
    }
}
