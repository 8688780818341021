package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.Collection;
import java.util.UUID;
import org.apache.avro.Schema;

/** Brings records to one typed form. It travels closed; one instance serves one subtask, from one thread. */
public interface Adapter extends Serializable {

    /** The schema of what {@link #read} gives, known when the pipeline is planned: a record. */
    Schema schema();

    /**
     * Whether every record holds one event, whose fields can be read for much less than the whole. Only then is the
     * stream shuffled as records, by a key that was peeked.
     */
    boolean peekable();

    /**
     * An adapter for some of the fields, in the order of {@link #schema()}, that reads no more than it must. Whatever is
     * broken in the rest of a record it may not see.
     */
    Adapter projected(Collection<String> fields);

    /** How the records of this format stand in a file. */
    Framing framing();

    /** Resolves references and opens what is needed: once per subtask. */
    void open() throws Exception;

    /** Closes what {@link #open} opened; also called where open failed half-way. */
    void close() throws Exception;

    /**
     * Reads one record and gives its events, in their order.
     *
     * @throws RejectedEventException if the record as a whole is wrong; then {@code out} has got nothing. Any other
     *     exception is a failure of the system
     */
    void read(SourceRecord record, Output out) throws RejectedEventException;

    /** Takes what one record holds. Events and rejected parts are numbered together, from 0. */
    interface Output {
        /**
         * One event.
         *
         * @param values by position of {@link Adapter#schema()}, as an {@link io.datamill.event.Event} holds them; they
         *     become the event's values as they are
         * @param writerSchema null where the format names none
         * @param part a record of this format that holds this event alone; the record's own array where it is the only
         *     one
         */
        void event(Object[] values, UUID writerSchema, byte[] part);

        /** A part of the record that is wrong, while its neighbours are not. */
        void reject(RejectedEventException cause, byte[] part);
    }

    /** How the records of a format stand in a file, one behind the other. */
    enum Framing {
        /** One record on each line that is not blank. */
        LINES,
        /** The file is one record. */
        WHOLE,
        /** A header line, then lines that are not blank: each with the header is a record. */
        HEADED_LINES,
        /** A header line, then rows, which a quote may spread over several lines: each row with the header is a record. */
        HEADED_ROWS,
        /** Rows without a header, which a quote may spread over several lines. */
        ROWS,
        /** The datums of an Avro object container, each behind the registry's header. */
        AVRO_CONTAINER,
        /** The same, each as a container of its own. */
        AVRO_CONTAINERS,
        /** The same, each bare. */
        AVRO_DATUMS
    }
}
