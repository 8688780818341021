package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ContainerDecoder;
import io.datamill.schema.ContainerDecoder.Datum;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.UndecodableException;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;

/** Each record is an Avro object container, each datum an event, whose part is a container with that datum alone. */
final class AvroContainer implements Adapter {
    private static final long serialVersionUID = 1L;

    private final Schema schema;
    private transient ContainerDecoder decoder;

    AvroContainer(Schema schema) {
        this.schema = schema;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean peekable() {
        return false;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new AvroContainer(ReaderSchemas.project(schema, fields));
    }

    @Override
    public Framing framing() {
        return Framing.AVRO_CONTAINERS;
    }

    @Override
    public void open() {
        decoder = new ContainerDecoder(schema);
    }

    @Override
    public void close() {}

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        List<Datum> datums;
        try {
            datums = decoder.decode(record.data());
        } catch (UndecodableException e) {
            throw new RejectedEventException(e.reason().name(), e.getMessage());
        }
        boolean single = datums.size() == 1;
        for (Datum datum : datums) {
            out.event(Avro.values(datum.record()), datum.writer(), single ? record.data() : datum.alone());
        }
    }
}
