package io.datamill.testing;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.MapState;

/** One map for each key; a key without entries takes no room. */
final class InMemoryMap<K, V> implements MapState<K, V> {
    private final Map<String, Map<K, V>> byKey = new HashMap<>();
    private final Supplier<String> key;

    InMemoryMap(Supplier<String> key) {
        this.key = key;
    }

    boolean noKeys() {
        return byKey.isEmpty();
    }

    private Map<K, V> ofKey() {
        return byKey.getOrDefault(key.get(), Collections.emptyMap());
    }

    @Override
    public V get(K name) {
        return ofKey().get(name);
    }

    @Override
    public void put(K name, V value) {
        byKey.computeIfAbsent(key.get(), k -> new HashMap<>()).put(name, value);
    }

    @Override
    public void putAll(Map<K, V> more) {
        more.forEach(this::put);
    }

    @Override
    public void remove(K name) {
        Map<K, V> entries = byKey.get(key.get());
        if (entries != null && entries.remove(name) != null && entries.isEmpty()) {
            clear();
        }
    }

    @Override
    public boolean contains(K name) {
        return ofKey().containsKey(name);
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<K> keys() {
        return Collections.unmodifiableSet(ofKey().keySet());
    }

    @Override
    public Iterable<V> values() {
        return Collections.unmodifiableCollection(ofKey().values());
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        Iterator<Map.Entry<K, V>> entries = ofKey().entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Map.Entry<K, V> next() {
                return entries.next();
            }

            @Override
            public void remove() {
                entries.remove();
                if (ofKey().isEmpty()) {
                    clear();
                }
            }
        };
    }

    @Override
    public boolean isEmpty() {
        return ofKey().isEmpty();
    }

    @Override
    public void clear() {
        byKey.remove(key.get());
    }
}
