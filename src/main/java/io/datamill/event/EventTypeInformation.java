package io.datamill.event;

import org.apache.avro.Schema;

/** The type of a stream of events whose values follow one planned schema. */
public final class EventTypeInformation extends FlowType<Event> {
    private static final long serialVersionUID = 1L;

    /** @param schema the record schema planned for this point of the pipeline */
    public EventTypeInformation(Schema schema) {
        super(Event.class, new EventSerializer(schema));
    }
}
