package io.datamill.testing;

import io.datamill.event.Event;
import io.datamill.step.KeyedStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * What a keyed step sees of Flink, in a plain loop: state of the current key in hash maps, timers by watermark. Values are
 * kept as they are, not copied or serialized. One instance serves one step.
 */
public final class InMemoryState implements KeyedStep.Context, KeyedStateStore {
    private record Timer(long time, String key) {}

    private final Map<String, State> states = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::time));
    private final Set<Timer> registered = new HashSet<>();
    private final List<Event> emitted = new ArrayList<>();
    private String key;
    private long watermark = Long.MIN_VALUE;

    /** What comes next is under this key. */
    public void select(String currentKey) {
        key = currentKey;
    }

    /** Moves the watermark and runs the timers it passes, in the order of their times, each under its key. */
    public void advance(long to, KeyedStep step) throws Exception {
        advance(to, step::onTimer);
    }

    /** What is run at a timer. */
    public interface OnTimer {
        void at(long time) throws Exception;
    }

    /** The same for a step of another kind. */
    public void advance(long to, OnTimer step) throws Exception {
        watermark = Math.max(watermark, to);
        while (!timers.isEmpty() && timers.peek().time <= watermark) {
            Timer timer = timers.poll();
            registered.remove(timer);
            key = timer.key;
            step.at(timer.time);
        }
    }

    public int pendingTimers() {
        return timers.size();
    }

    /** Whether no key holds anything. */
    public boolean isEmpty() {
        return states.values().stream()
                .allMatch(held ->
                        held instanceof InMemoryValue<?> value ? value.isEmpty() : ((InMemoryMap<?, ?>) held).noKeys());
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
    public void emit(Event event) {
        emitted.add(event);
    }

    /** What the step has given of its own making. */
    public List<Event> emitted() {
        return emitted;
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    @SuppressWarnings("unchecked") // By name, as Flink does.
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return (ValueState<T>) states.computeIfAbsent(descriptor.getName(), name -> new InMemoryValue<T>(() -> key));
    }

    @Override
    @SuppressWarnings("unchecked") // By name, as Flink does.
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return (MapState<K, V>) states.computeIfAbsent(descriptor.getName(), name -> new InMemoryMap<K, V>(() -> key));
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
}
