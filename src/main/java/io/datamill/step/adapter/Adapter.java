package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.Collection;
import org.apache.avro.Schema;

/** Brings records to one typed form. It travels closed; one instance serves one subtask, from one thread. */
public interface Adapter extends Serializable {

    /** The schema of what {@link #read} gives, known when the pipeline is planned: a record. */
    Schema schema();

    /**
     * An adapter for some of the fields, in the order of {@link #schema()}, that reads no more than it must. Whatever is
     * broken in the rest of a record it may not see.
     */
    Adapter projected(Collection<String> fields);

    /** Resolves references and opens what is needed: once per subtask. */
    void open() throws Exception;

    /** Closes what {@link #open} opened; also called where open failed half-way. */
    void close() throws Exception;

    /**
     * Reads one record.
     *
     * @throws RejectedEventException if the record is wrong; any other exception is a failure of the system
     */
    Adapted read(SourceRecord record) throws RejectedEventException;
}
