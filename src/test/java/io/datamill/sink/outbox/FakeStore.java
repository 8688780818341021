package io.datamill.sink.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A store in memory that keeps the highest version of a key, and hangs, fails or refuses when told to. */
final class FakeStore {
    private static final Map<String, FakeStore> STORES = new ConcurrentHashMap<>();

    private final Map<StoreRow.Key, Long> versions = new HashMap<>();
    private final List<StoreRow> received = new ArrayList<>();
    private final Map<String, RowResult> answers = new HashMap<>();
    private volatile CountDownLatch frozen = new CountDownLatch(0);
    private volatile Exception failure;
    private final AtomicInteger failures = new AtomicInteger();
    private int writes;

    /** The factory travels by serialization, the store does not. */
    static StoreClient.Factory factory(String name) {
        return () -> STORES.get(name).client();
    }

    static FakeStore named(String name) {
        FakeStore store = new FakeStore();
        STORES.put(name, store);
        return store;
    }

    static FakeStore get(String name) {
        return STORES.get(name);
    }

    void freeze() {
        frozen = new CountDownLatch(1);
    }

    void thaw() {
        frozen.countDown();
    }

    /** Each write fails as a whole until this is called with null. */
    void fail(Exception how) {
        failure = how;
    }

    synchronized void answer(String id, RowResult result) {
        if (result == null) {
            answers.remove(id);
        } else {
            answers.put(id, result);
        }
    }

    synchronized Map<StoreRow.Key, Long> versions() {
        return new HashMap<>(versions);
    }

    /** Every row that was taken in, in order. */
    synchronized <T> List<T> received(Function<StoreRow, T> of) {
        return received.stream().map(of).toList();
    }

    int failures() {
        return failures.get();
    }

    synchronized int writes() {
        return writes;
    }

    private StoreClient client() {
        return new StoreClient() {
            @Override
            public List<RowResult> write(List<StoreRow> rows) throws Exception {
                frozen.await();
                if (failure != null) {
                    failures.incrementAndGet();
                    throw failure;
                }
                return take(rows);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized List<RowResult> take(List<StoreRow> rows) {
        writes++;
        return rows.stream().map(this::take).toList();
    }

    private RowResult take(StoreRow row) {
        RowResult answer = answers.get(row.key().id());
        if (answer != null) {
            return answer;
        }
        received.add(row);
        Long before = versions.get(row.key());
        if (before != null && before >= row.version()) {
            return RowResult.STALE;
        }
        versions.put(row.key(), row.version());
        return RowResult.WRITTEN;
    }
}
