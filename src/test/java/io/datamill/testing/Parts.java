package io.datamill.testing;

import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an adapter gives for one record: its events and its rejects, in the order they were given. */
public final class Parts implements Adapter.Output {
    private final Adapter adapter;
    private final List<Object[]> events = new ArrayList<>();
    private final List<UUID> writers = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();
    private final List<RejectedEventException> rejects = new ArrayList<>();
    private final List<byte[]> rejected = new ArrayList<>();

    private Parts(Adapter adapter) {
        this.adapter = adapter;
    }

    /** An adapter whose options are right, open. */
    public static Adapter open(AdapterConfig config) throws Exception {
        Adapter adapter = config.plan((option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        adapter.open();
        return adapter;
    }

    /** What planning reports, as {@code option: message}. */
    public static List<String> problems(AdapterConfig config) {
        List<String> problems = new ArrayList<>();
        config.plan((option, message) -> problems.add(option + ": " + message));
        return problems;
    }

    /** @throws RejectedEventException where the record as a whole is rejected, which must come before any part */
    public static Parts of(Adapter adapter, byte[] record) throws RejectedEventException {
        Parts parts = new Parts(adapter);
        try {
            adapter.read(Events.record(record), parts);
        } catch (RejectedEventException e) {
            if (!parts.events.isEmpty() || !parts.rejects.isEmpty()) {
                throw new AssertionError("parts were given of a record that is rejected", e);
            }
            throw e;
        }
        return parts;
    }

    public static Parts of(Adapter adapter, String record) throws RejectedEventException {
        return of(adapter, record.getBytes(StandardCharsets.UTF_8));
    }

    /** The values of an event by name. */
    public Map<String, Object> event(int index) {
        Map<String, Object> named = new LinkedHashMap<>();
        adapter.schema().getFields().forEach(field -> named.put(field.name(), events.get(index)[field.pos()]));
        return named;
    }

    /** The values of every event, in the schema's order. */
    public List<List<Object>> events() {
        return events.stream().map(Arrays::asList).toList();
    }

    public UUID writer(int index) {
        return writers.get(index);
    }

    /** The record that holds this event alone. */
    public byte[] part(int index) {
        return bytes.get(index);
    }

    /** The reasons of what was rejected. */
    public List<String> reasons() {
        return rejects.stream().map(RejectedEventException::reason).toList();
    }

    public String message(int index) {
        return rejects.get(index).getMessage();
    }

    /** The bytes of what was rejected. */
    public byte[] rejected(int index) {
        return rejected.get(index);
    }

    @Override
    public void event(Object[] values, UUID writerSchema, byte[] part) {
        events.add(values);
        writers.add(writerSchema);
        bytes.add(part);
    }

    @Override
    public void reject(RejectedEventException cause, byte[] part) {
        rejects.add(cause);
        rejected.add(part);
    }
}
