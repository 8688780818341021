package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import java.io.Serializable;
import java.util.Collection;
import org.apache.avro.Schema;

/** Makes an event's values of one line. It travels closed; one instance serves one subtask, from one thread. */
interface LineReader extends Serializable {
    Schema schema();

    /** A reader for some of the fields, in the order of {@link #schema()}. */
    LineReader projected(Collection<String> fields);

    /** Compiles what is compiled: once per subtask. */
    void open();

    Object[] read(String line) throws RejectedEventException;
}
