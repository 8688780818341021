package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.EventReader;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Decodes each record, once, behind the shuffle; also counts it in. */
public final class AdapterOperator extends EventOperator<KeyedRecord> {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final EventReader reader;

    /** @param path where the adapter stands in the pipeline's file */
    public AdapterOperator(PipelineVersion pipeline, String path, EventReader reader, boolean last) {
        super(pipeline, last);
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
        KeyedRecord keyed = element.getValue();
        Event event;
        try {
            event = reader.read(keyed);
        } catch (RejectedEventException e) {
            SourceRecord source = keyed.record();
            count("", source, Fate.IN);
            reject("", "", source, path, e);
            return;
        }
        count(event, Fate.IN);
        emit(event);
    }

    @Override
    public void close() throws Exception {
        reader.close();
        super.close();
    }
}
