package io.datamill.cli.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.local.JsonLines;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.event.Event;
import io.datamill.step.score.InvalidModelException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * An outcome as a store has kept it.
 *
 * @param schema of the values; with the lake's {@code lineage} in front where it is from there
 */
@SuppressWarnings("ArrayRecordComponent") // By position, as an event has them.
public record StoredEvent(String tenant, String id, Schema schema, Object[] values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Looks through all events; of several outcomes of an event the one of the highest version counts.
     *
     * @param tenant null: the only one that has such an event
     * @throws IllegalArgumentException if there is none, or several tenants have one
     */
    public static StoredEvent find(RetainedEvents events, String id, String tenant) throws IOException {
        Map<String, StoredEvent> found = new TreeMap<>();
        events.forEach(event -> {
            if (id.equals(event.id()) && (tenant == null || tenant.equals(event.tenant()))) {
                StoredEvent one = new StoredEvent(event.tenant(), id, events.schema(), event.values());
                found.merge(event.tenant(), one, (old, next) -> next.version() > old.version() ? next : old);
            }
        });
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "no event '" + id + "'" + (tenant == null ? "" : " of tenant " + tenant) + " in the input");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "several tenants have an event '" + id + "': give --tenant: " + String.join(", ", found.keySet()));
        }
        return found.values().iterator().next();
    }

    /**
     * A score that it holds, computed again by the version that gave it.
     *
     * @param field that holds it
     */
    public ScoreTold score(String field, RecordedModels models) throws IOException, InvalidModelException {
        return ScoreTold.of(field, (IndexedRecord) value(field), values, models, false);
    }

    /** Null where there is no such field. */
    Object value(String field) {
        Schema.Field found = schema.getField(field);
        return found == null ? null : values[found.pos()];
    }

    /** All of it. */
    ObjectNode json() {
        try {
            return (ObjectNode) JSON.readTree(new JsonLines(schema).outcome(new Event(null, "", values)));
        } catch (IOException e) {
            throw new IllegalStateException("what was just written is no JSON", e);
        }
    }

    private long version() {
        if (value("lineage") instanceof IndexedRecord lineage
                && lineage.getSchema().getField("version") != null
                && lineage.get(lineage.getSchema().getField("version").pos()) instanceof Long version) {
            return version;
        }
        return 0;
    }
}
