package io.datamill.step.join;

import io.datamill.event.Event;
import io.datamill.event.EventValues;
import io.datamill.event.Header;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/** The events of one side of a join that may still meet one of the other, of the current key, by their time. */
final class Side {
    private static final byte[] NOTHING = {};

    private final MapState<Long, List<Kept>> byTime;
    private final ValueState<Long> count;
    private final long most;
    private final boolean withRecord;
    private final EventValues writer;
    private final Schema schema;
    private EventValues reader;
    private Schema readerOf;

    /**
     * @param name of the state
     * @param written the schema of the events
     * @param read the same under the names that values are to have when they are read
     * @param withRecord whether the record that an event came from is kept, for a reject behind the join
     */
    Side(KeyedStateStore store, String name, Schema written, Schema read, int most, boolean withRecord) {
        this.byTime = store.getMapState(new MapStateDescriptor<>(
                name, LongSerializer.INSTANCE, new ListSerializer<>(new KeptSerializer(read))));
        this.count = store.getState(new ValueStateDescriptor<>(name + "-count", LongSerializer.INSTANCE));
        this.most = most;
        this.withRecord = withRecord;
        this.writer = new EventValues(written);
        this.schema = read;
    }

    /** @throws RejectedEventException if as many as may be wait already */
    void requireRoom(String name) throws Exception, RejectedEventException {
        Long held = count.value();
        if (held != null && held >= most) {
            throw new RejectedEventException(
                    "TOO_MANY_MATCHES", held + " events of the " + name + " wait under this key, expected up to " + most);
        }
    }

    Kept kept(Event event, boolean matched) throws IOException {
        Header header = event.header();
        if (!withRecord) {
            header = new Header(
                    header.tenant(),
                    header.id(),
                    header.time(),
                    header.writerSchema(),
                    new SourceRecord(header.source().position(), "", NOTHING));
        }
        return new Kept(header, event.key(), matched, schema, writer.write(event.values()));
    }

    void add(Kept kept) throws Exception {
        long time = kept.header().time();
        List<Kept> same = byTime.get(time);
        List<Kept> now = same == null ? new ArrayList<>(1) : same;
        now.add(kept);
        byTime.put(time, now);
        Long held = count.value();
        count.update(held == null ? 1 : held + 1);
    }

    /** Those with a time within the bounds, both included, by their time. */
    List<Map.Entry<Long, List<Kept>>> between(long from, long to) throws Exception {
        List<Map.Entry<Long, List<Kept>>> found = new ArrayList<>(2);
        for (Map.Entry<Long, List<Kept>> entry : byTime.entries()) {
            if (entry.getKey() >= from && entry.getKey() <= to) {
                found.add(Map.entry(entry.getKey(), entry.getValue()));
            }
        }
        found.sort(Map.Entry.comparingByKey());
        return found;
    }

    void replace(long time, List<Kept> events) throws Exception {
        byTime.put(time, events);
    }

    /** Those of a time, which are forgotten. */
    List<Kept> remove(long time) throws Exception {
        List<Kept> removed = byTime.get(time);
        if (removed == null) {
            return List.of();
        }
        long left = count.value() - removed.size();
        byTime.remove(time);
        if (left > 0) {
            count.update(left);
        } else {
            count.clear();
            byTime.clear(); // On the heap an emptied map would stay for ever.
        }
        return removed;
    }

    Object[] values(Kept kept) throws IOException {
        if (readerOf != kept.schema()) {
            reader = kept.schema().equals(schema) ? new EventValues(schema) : new EventValues(kept.schema(), schema);
            readerOf = kept.schema();
        }
        return reader.read(kept.values());
    }
}
