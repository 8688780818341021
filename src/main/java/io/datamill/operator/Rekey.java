package io.datamill.operator;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.api.common.functions.MapFunction;

/** Gives each event the key that the next shuffle goes by. */
public final class Rekey implements MapFunction<Event, Event> {
    private static final long serialVersionUID = 1L;

    private final int[] positions;

    /** @param fields of the schema at this point, behind the tenant; none: the event's id */
    public Rekey(Schema schema, List<String> fields) {
        positions =
                fields.stream().mapToInt(field -> schema.getField(field).pos()).toArray();
    }

    @Override
    public Event map(Event event) {
        if (positions.length == 0) {
            String key = EventKey.of(event.header().tenant(), event.header().id());
            return new Event(event.header(), key, event.values());
        }
        Object[] parts = new Object[positions.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = event.values()[positions[i]];
        }
        return new Event(event.header(), EventKey.of(event.header().tenant(), parts), event.values());
    }
}
