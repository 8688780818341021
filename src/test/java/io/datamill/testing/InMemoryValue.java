package io.datamill.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueState;

/** One value for each key. */
final class InMemoryValue<T> implements ValueState<T> {
    private final Map<String, T> byKey = new HashMap<>();
    private final Supplier<String> key;

    InMemoryValue(Supplier<String> key) {
        this.key = key;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    @Override
    public T value() {
        return byKey.get(key.get());
    }

    @Override
    public void update(T value) {
        if (value == null) {
            clear();
        } else {
            byKey.put(key.get(), value);
        }
    }

    @Override
    public void clear() {
        byKey.remove(key.get());
    }
}
