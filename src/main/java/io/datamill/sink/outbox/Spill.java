package io.datamill.sink.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Rows in keyed state that wait for the store: for each bucket a queue by running number, so that a state backend on
 * disk reads those at its head and no others. Only the queues' bounds are in memory.
 */
final class Spill {
    /** A row that waits, and where. */
    record Waiting(int bucket, long number, StoreRow row) {}

    private static final class Bounds {
        private long head;
        private long tail;
        private long rows;
        private long bytes;
    }

    private final Batching batching;
    private final IntConsumer key;
    private final MapState<Long, StoreRow> rows;
    private final ValueState<long[]> stored;
    private final Map<Integer, Bounds> buckets = new LinkedHashMap<>();
    private final Set<Integer> changed = new HashSet<>();
    private long count;
    private long bytes;

    /** @param key makes a bucket the current key of the state */
    Spill(Batching batching, KeyedStateStore state, IntConsumer key) {
        this.batching = batching;
        this.key = key;
        this.rows =
                state.getMapState(new MapStateDescriptor<>("spill", Types.LONG, TypeInformation.of(StoreRow.class)));
        this.stored = state.getState(
                new ValueStateDescriptor<>("spill-bounds", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    void restore(int bucket) throws Exception {
        key.accept(bucket);
        long[] numbers = stored.value();
        if (numbers == null) {
            return;
        }
        Bounds bounds = new Bounds();
        bounds.head = numbers[0];
        bounds.tail = numbers[1];
        bounds.rows = numbers[2];
        bounds.bytes = numbers[3];
        buckets.put(bucket, bounds);
        count += bounds.rows;
        bytes += bounds.bytes;
    }

    /** Writes the queues' bounds to state. */
    void snapshot() throws Exception {
        for (int bucket : changed) {
            key.accept(bucket);
            Bounds bounds = buckets.get(bucket);
            if (bounds == null) {
                stored.clear();
            } else {
                stored.update(new long[] {bounds.head, bounds.tail, bounds.rows, bounds.bytes});
            }
        }
        changed.clear();
    }

    long size() {
        return count;
    }

    boolean isFull() {
        return count >= batching.spillRows() || bytes >= batching.spillBytes();
    }

    boolean holds(int bucket) {
        return !buckets.isEmpty() && buckets.containsKey(bucket);
    }

    void append(int bucket, StoreRow row) throws Exception {
        key.accept(bucket);
        Bounds bounds = buckets.computeIfAbsent(bucket, b -> new Bounds());
        rows.put(bounds.tail++, row);
        account(bounds, 1, row.bytes());
        changed.add(bucket);
    }

    /** The rows to write next, those of a bucket in order; they stay here until {@link #remove}. */
    List<Waiting> head(int maxRows) throws Exception {
        List<Waiting> taken = new ArrayList<>();
        long size = 0;
        for (Map.Entry<Integer, Bounds> entry : buckets.entrySet()) {
            key.accept(entry.getKey());
            Bounds bounds = entry.getValue();
            for (long number = bounds.head; number < bounds.tail; number++) {
                if (taken.size() >= maxRows || size >= Batching.MAX_BYTES) {
                    return taken;
                }
                StoreRow row = rows.get(number);
                if (row != null) {
                    taken.add(new Waiting(entry.getKey(), number, row));
                    size += row.bytes();
                } else if (number == bounds.head) {
                    bounds.head++; // It was written before one in front of it that the store put off.
                }
            }
        }
        return taken;
    }

    void remove(Waiting waiting) throws Exception {
        int bucket = waiting.bucket();
        key.accept(bucket);
        rows.remove(waiting.number());
        Bounds bounds = buckets.get(bucket);
        account(bounds, -1, -waiting.row().bytes());
        changed.add(bucket);
        if (bounds.rows == 0) {
            buckets.remove(bucket);
        } else if (bounds.head == waiting.number()) {
            bounds.head++;
        }
    }

    private void account(Bounds bounds, int more, int moreBytes) {
        bounds.rows += more;
        bounds.bytes += moreBytes;
        count += more;
        bytes += moreBytes;
    }
}
