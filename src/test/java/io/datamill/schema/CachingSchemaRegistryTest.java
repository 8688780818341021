package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachingSchemaRegistryTest {
    private static final Schema ONE =
            SchemaBuilder.record("A").fields().requiredString("x").endRecord();
    private static final Schema TWO =
            SchemaBuilder.record("A").fields().requiredString("y").endRecord();
    private static final UUID ID = SchemaIds.of(ONE);

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong();
    private final Fake remote = new Fake();
    private final CachingSchemaRegistry registry = registry(null);

    @Test
    void asksOnceForAnIdAndNeverAgainWhileTheRegistryIsDown() {
        remote.keep("a-v1", ONE);

        assertThat(registry.byId(ID)).isEqualTo(ONE);
        remote.failures = Integer.MAX_VALUE;
        now.addAndGet(Duration.ofDays(365).toNanos());
        assertThat(registry.byId(ID)).isEqualTo(ONE);
        assertThat(remote.asked).hasValue(1);
    }

    @Test
    void anUnknownIdIsAskedForAgainAfterSomeSeconds() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> registry.byId(ID)).isInstanceOf(UnknownSchemaException.class);
        }
        assertThat(remote.asked).hasValue(1);

        remote.keep("a-v1", ONE);
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(registry.byId(ID)).isEqualTo(ONE);
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedThreeTimes() {
        remote.keep("a-v1", ONE);
        remote.failures = 2;

        assertThat(registry.byId(ID)).isEqualTo(ONE);
        assertThat(remote.asked).hasValue(3);
    }

    @Test
    void aRegistryThatIsDownIsATransientFailureAndIsAskedAgainTheNextTime() {
        remote.keep("a-v1", ONE);
        remote.failures = 3;

        assertThatThrownBy(() -> registry.byId(ID))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("the schema registry fake gave no answer in 3 attempts: down");
        assertThat(registry.byId(ID)).isEqualTo(ONE);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        remote.failures = 3;
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> registry.byId(ID)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(remote.asked).hasValue(1);
    }

    @Test
    void threadsThatNeedOneIdAtOnceAskOnceWhateverComesOfIt() throws Exception {
        remote.keep("a-v1", ONE);
        assertThat(atOnce(32, ID)).containsOnly("A");
        assertThat(remote.asked).hasValue(1);

        assertThat(atOnce(32, new UUID(1, 2))).containsOnly("UnknownSchemaException");
        assertThat(remote.asked).hasValue(2);
    }

    @Test
    void whatWasSeenIsThereAfterARestartWithoutTheRegistry() {
        remote.keep("a-v1", ONE);
        registry(directory).byId(ID);
        remote.failures = Integer.MAX_VALUE;

        assertThat(registry(directory).byId(ID)).isEqualTo(ONE);
        assertThat(directory.toFile().list()).containsExactly(ID + ".avsc");
    }

    @Test
    void aBrokenFileOfTheCacheIsAskedForAndMended() throws IOException {
        remote.keep("a-v1", ONE);
        Files.writeString(directory.resolve(ID + ".avsc"), "{\"type\": \"rec");

        assertThat(registry(directory).byId(ID)).isEqualTo(ONE);
        assertThat(Files.readString(directory.resolve(ID + ".avsc"))).contains("\"record\"");
    }

    @Test
    void aCacheThatCannotBeWrittenCostsNothingButItself() throws IOException {
        remote.keep("a-v1", ONE);

        assertThat(registry(Files.createFile(directory.resolve("file"))).byId(ID))
                .isEqualTo(ONE);
    }

    @Test
    void aVersionIsRememberedAndTheLatestIsAskedFor() {
        remote.keep("a-v1", ONE);
        remote.keep("a", ONE);
        registry.byName("a-v1");
        registry.byName("a-v1");
        registry.byName("a");
        remote.keep("a", TWO);

        assertThat(registry.byName("a")).isEqualTo(TWO);
        assertThat(remote.asked).hasValue(3);
        assertThat(registry.byId(ID)).isEqualTo(ONE);
        assertThat(remote.asked).hasValue(3);
    }

    @Test
    void anUnknownNameTellsTheNearest() {
        remote.keep("email-metadata-v4", ONE);

        assertThatThrownBy(() -> registry.byName("email-metdata-v4"))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessage("no schema 'email-metdata-v4' in fake; nearest: email-metadata-v4");
    }

    @Test
    void registersWhatIsNewAndRefusesAnotherSchemaUnderAVersion() {
        assertThat(registry.register("a-v1", ONE)).isEqualTo(ID);
        assertThat(registry.register("a-v1", ONE)).isEqualTo(ID);
        assertThatThrownBy(() -> registry.register("a-v1", TWO)).isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.byName("a-v1")).isEqualTo(ONE);
    }

    private CachingSchemaRegistry registry(Path cache) {
        Ticker ticker = new Ticker() {
            @Override
            public long read() {
                return now.get();
            }
        };
        return new CachingSchemaRegistry(
                remote, cache == null ? null : new SchemaFiles(cache), Duration.ofMillis(1), ticker);
    }

    /** What each thread got: the schema's name or the exception's. */
    private List<String> atOnce(int threads, UUID id) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        remote.slow = true;
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    try {
                        return registry.byId(id).getName();
                    } catch (UnknownSchemaException e) {
                        return e.getClass().getSimpleName();
                    }
                }));
            }
            start.countDown();
            List<String> got = new ArrayList<>();
            for (Future<String> one : running) {
                got.add(one.get());
            }
            return got;
        } finally {
            pool.shutdownNow();
        }
    }

    /** A registry in memory that counts, and fails as often as it is told to. */
    private static final class Fake implements RemoteRegistry {
        private final Map<String, Schema> byName = new HashMap<>();
        private final AtomicInteger asked = new AtomicInteger();
        private int failures;
        private boolean slow;

        void keep(String name, Schema schema) {
            byName.put(name, schema);
        }

        @Override
        public Optional<Registered> byId(UUID id) throws IOException {
            ask();
            return byName.values().stream()
                    .filter(schema -> SchemaIds.of(schema).equals(id))
                    .map(schema -> new Registered(id, schema))
                    .findFirst();
        }

        @Override
        public Optional<Registered> byName(SchemaName name) throws IOException {
            ask();
            return Optional.ofNullable(byName.get(name.toString()))
                    .map(schema -> new Registered(SchemaIds.of(schema), schema));
        }

        @Override
        public Collection<String> namesLike(SchemaName name) {
            return byName.keySet();
        }

        @Override
        public UUID register(SchemaName name, Schema schema) {
            keep(name.toString(), schema);
            return SchemaIds.of(schema);
        }

        @Override
        public String place() {
            return "fake";
        }

        private void ask() throws IOException {
            asked.incrementAndGet();
            if (slow) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            if (failures > 0) {
                failures--;
                throw new IOException("down");
            }
        }
    }
}
