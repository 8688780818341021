package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** What windows hold of events, and the event that one becomes. */
final class Contents implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = {};

    private final String id;
    private final int[] key;
    private final Schema[] keyTypes;
    private final Aggregate[] aggregates;

    /** One aggregate of each name; those that share a name share what is held. */
    private final Aggregate[] slots;

    private final String[] names;

    /** Of each aggregate, where it finds what is held. */
    private final int[] slotOf;

    /**
     * @param id of the step
     * @param key the fields of the key in the schema before the step
     * @param keyTypes theirs, without null
     */
    Contents(String id, int[] key, Schema[] keyTypes, List<Aggregate> aggregates) {
        this.id = id;
        this.key = key;
        this.keyTypes = keyTypes;
        this.aggregates = aggregates.toArray(Aggregate[]::new);
        List<String> distinct =
                aggregates.stream().map(Aggregate::name).distinct().toList();
        this.names = distinct.toArray(String[]::new);
        this.slotOf = aggregates.stream()
                .mapToInt(aggregate -> distinct.indexOf(aggregate.name()))
                .toArray();
        this.slots = distinct.stream()
                .map(name -> aggregates.stream()
                        .filter(aggregate -> aggregate.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toArray(Aggregate[]::new);
    }

    /** An empty window for an event. */
    WindowState start(Event event, long end) {
        Object[] values = new Object[key.length];
        for (int i = 0; i < key.length; i++) {
            Object value = event.values()[key[i]];
            values[i] = value instanceof GenericData.EnumSymbol ? value.toString() : value;
        }
        Header header = event.header();
        return new WindowState(
                header.tenant(), values, end, header.source().position(), names, new Object[names.length]);
    }

    /** @throws RejectedEventException if the event cannot go into the window */
    void check(WindowState window, Event event) throws RejectedEventException {
        align(window);
        for (int i = 0; i < slots.length; i++) {
            slots[i].check(window.held[i], event);
        }
    }

    void add(WindowState window, Event event) {
        for (int i = 0; i < slots.length; i++) {
            window.held[i] = slots[i].add(window.held[i], event);
        }
        window.latest = later(window.latest, event.header().source().position());
    }

    /** Adds what another window holds; that one is not to be used any more. */
    void merge(WindowState window, WindowState other) {
        align(window);
        align(other);
        for (int i = 0; i < slots.length; i++) {
            Object one = window.held[i];
            Object two = other.held[i];
            window.held[i] = one == null ? two : two == null ? one : slots[i].merged(one, two);
        }
        window.latest = later(window.latest, other.latest);
    }

    /** As one event under the key of the window's events; its id is made of the step, the key and the start. */
    Event result(long start, WindowState window) {
        align(window);
        Object[] values = new Object[key.length + 2 + aggregates.length];
        for (int i = 0; i < key.length; i++) {
            Object value = window.key[i];
            values[i] = value != null && keyTypes[i].getType() == Schema.Type.ENUM
                    ? new GenericData.EnumSymbol(keyTypes[i], value)
                    : value;
        }
        values[key.length] = start;
        values[key.length + 1] = window.end;
        for (int i = 0; i < aggregates.length; i++) {
            values[key.length + 2 + i] = aggregates[i].value(window.held[slotOf[i]]);
        }
        String eventKey = EventKey.of(window.tenant, window.key);
        SourceRecord source = new SourceRecord(window.latest, "", NOTHING);
        Header header = new Header(window.tenant, id, window.end - 1, null, source).part(eventKey + '~' + start);
        return new Event(header, eventKey, values);
    }

    /** Under a savepoint aggregates come, go and move: a new one has seen nothing of a window that was open. */
    private void align(WindowState window) {
        if (window.names == names || Arrays.equals(window.names, names)) {
            window.names = names;
            return;
        }
        Object[] held = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            int at = Arrays.asList(window.names).indexOf(names[i]);
            held[i] = at < 0 ? null : window.held[at];
        }
        window.names = names;
        window.held = held;
    }

    /** The one that arrived later; of two at the same time always the same one, whatever their order here. */
    private static Position later(Position one, Position other) {
        int order = Long.compare(one.arrivalTime(), other.arrivalTime());
        if (order == 0) {
            order = one.shard().compareTo(other.shard());
        }
        if (order == 0) {
            order = Integer.compare(
                    one.sequenceNumber().length(), other.sequenceNumber().length());
        }
        if (order == 0) {
            order = one.sequenceNumber().compareTo(other.sequenceNumber());
        }
        if (order == 0) {
            order = Integer.compare(one.part(), other.part());
        }
        return order >= 0 ? one : other;
    }
}
