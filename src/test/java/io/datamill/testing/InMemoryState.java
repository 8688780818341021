package io.datamill.testing;

import io.datamill.step.KeyedStep;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * What a keyed step sees of Flink, in a plain loop: state of the current key in hash maps, timers by watermark. Values are
 * kept as they are, not copied or serialized. One instance serves one step.
 */
public final class InMemoryState implements KeyedStep.Context, KeyedStateStore {
    private record Timer(long time, String key) {}

    private final Map<String, Object> states = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::time));
    private final Set<Timer> registered = new HashSet<>();
    private String key;
    private long watermark = Long.MIN_VALUE;

    /** What comes next is under this key. */
    public void select(String currentKey) {
        key = currentKey;
    }

    /** Moves the watermark and runs the timers it passes, in the order of their times, each under its key. */
    public void advance(long to, KeyedStep step) throws Exception {
        watermark = Math.max(watermark, to);
        while (!timers.isEmpty() && timers.peek().time <= watermark) {
            Timer timer = timers.poll();
            registered.remove(timer);
            key = timer.key;
            step.onTimer(timer.time);
        }
    }

    public int pendingTimers() {
        return timers.size();
    }

    @Override
    public KeyedStateStore state() {
        return this;
    }

    @Override
    public void registerTimer(long time) {
        Timer timer = new Timer(time, key);
        if (registered.add(timer)) {
            timers.add(timer);
        }
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    @SuppressWarnings("unchecked") // By name, as Flink does.
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return (ValueState<T>) states.computeIfAbsent(descriptor.getName(), name -> new Value<T>());
    }

    @Override
    @SuppressWarnings("unchecked") // By name, as Flink does.
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return (MapState<K, V>) states.computeIfAbsent(descriptor.getName(), name -> new Entries<K, V>());
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        throw new UnsupportedOperationException("no step uses list state yet");
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        throw new UnsupportedOperationException("no step uses reducing state yet");
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        throw new UnsupportedOperationException("no step uses aggregating state yet");
    }

    private final class Value<T> implements ValueState<T> {
        private final Map<String, T> byKey = new HashMap<>();

        @Override
        public T value() {
            return byKey.get(key);
        }

        @Override
        public void update(T value) {
            if (value == null) {
                byKey.remove(key);
            } else {
                byKey.put(key, value);
            }
        }

        @Override
        public void clear() {
            byKey.remove(key);
        }
    }

    private final class Entries<K, V> implements MapState<K, V> {
        private final Map<String, Map<K, V>> byKey = new HashMap<>();

        private Map<K, V> ofKey() {
            return byKey.getOrDefault(key, Collections.emptyMap());
        }

        @Override
        public V get(K name) {
            return ofKey().get(name);
        }

        @Override
        public void put(K name, V value) {
            byKey.computeIfAbsent(key, k -> new HashMap<>()).put(name, value);
        }

        @Override
        public void putAll(Map<K, V> more) {
            more.forEach(this::put);
        }

        @Override
        public void remove(K name) {
            Map<K, V> entries = byKey.get(key);
            if (entries != null && entries.remove(name) != null && entries.isEmpty()) {
                byKey.remove(key);
            }
        }

        @Override
        public boolean contains(K name) {
            return ofKey().containsKey(name);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return ofKey().entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return ofKey().keySet();
        }

        @Override
        public Iterable<V> values() {
            return ofKey().values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return ofKey().entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return ofKey().isEmpty();
        }

        @Override
        public void clear() {
            byKey.remove(key);
        }
    }
}
