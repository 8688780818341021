package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.datamill.config.Reference;
import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.RegistryUnavailableException;
import io.datamill.schema.SchemaIds;
import io.datamill.schema.SchemaRegistry;
import io.datamill.schema.UndecodableException;
import io.datamill.schema.UnknownSchemaException;
import io.datamill.step.adapter.Avro;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's side of the registry, against the server. */
class HttpSchemaRegistryTest {
    private static final Schema ONE =
            SchemaBuilder.record("A").fields().requiredString("x").endRecord();
    private static final Schema TWO = SchemaBuilder.record("A")
            .fields()
            .requiredString("x")
            .name("y")
            .type()
            .intType()
            .intDefault(0)
            .endRecord();

    @TempDir
    private Path directory;

    private Counting store;
    private RegistryServer server;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws IOException {
        store = new Counting(new DirectoryStore(directory.resolve("schemas")));
        server = RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store);
        registry = open("");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersAndFindsByVersionLatestAndId() {
        UUID first = registry.register("mail-v1", ONE);
        UUID second = registry.register("mail", TWO);

        assertThat(first).isEqualTo(SchemaIds.of(ONE));
        assertThat(registry.byId(second)).isEqualTo(TWO);
        assertThat(registry.byName("mail-v1")).isEqualTo(ONE);
        assertThat(registry.byName("mail")).isEqualTo(TWO);
        assertThatThrownBy(() -> registry.register("mail-v1", TWO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        registry.register("mail-v9", SchemaBuilder.builder().longType()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be version 9");
    }

    @Test
    void anUnknownNameIsToldWithWhatIsNear() {
        registry.register("mail-v1", ONE);

        assertThatThrownBy(() -> registry.byName("mial-v1"))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("nearest: mail");
        assertThatThrownBy(() -> registry.byName("mail-v2"))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("nearest: mail-v1");
        assertThatThrownBy(() -> registry.byName("../mail")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void allSubtasksOfAJobTogetherAskOnceForASchema() throws Exception {
        UUID id = registry.register("mail-v1", ONE);
        store.delayMillis = 200;
        ExecutorService pool = Executors.newFixedThreadPool(32);
        try {
            List<Future<Schema>> asked = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                asked.add(pool.submit(() -> open("").byId(id)));
            }
            for (Future<Schema> one : asked) {
                assertThat(one.get()).isEqualTo(ONE);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.lookups).hasValue(1);
    }

    @Test
    void whileTheServerIsDownWhatWasSeenIsReadAndTheRestIsATransientFailureUntilItIsBack() throws Exception {
        RecordDecoder decoder = RecordDecoder.full(registry, TWO);
        byte[] seen = record(registry.register("mail-v1", ONE), ONE);
        byte[] unseen = record(registry.register("mail-v2", TWO), TWO);
        decoder.decode(seen, null);
        int port = server.url().getPort();
        server.close();

        assertThat(decoder.decode(seen, null).record().get("y")).isEqualTo(0);
        assertThatThrownBy(() -> decoder.decode(unseen, null)).isInstanceOf(RegistryUnavailableException.class);

        server = RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), store);
        assertThat(decoder.decode(unseen, null).record().get("x")).hasToString("v");
        assertThatThrownBy(() -> decoder.decode(record(new UUID(1, 2), ONE), null))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        e -> assertThat(e.reason()).isEqualTo(UndecodableException.Reason.UNKNOWN_SCHEMA));
    }

    @Test
    void aStoreThatFailsIsATransientFailureToo() {
        store.failing = true;

        assertThatThrownBy(() -> registry.byId(new UUID(1, 2)))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("status 503, store-failed: the disk is gone");
    }

    @Test
    void aJobThatStartsWhileTheServerIsDownReadsWhatItKeptOnDisk() {
        String cache = "#cache=" + directory.resolve("cache");
        UUID id = registry.register("mail-v1", ONE);
        open(cache).byId(id);
        server.close();

        assertThat(open(cache + "/.").byId(id)).isEqualTo(ONE); // another client with the same directory
    }

    @Test
    void anotherServersNotFoundIsNoReject() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            boolean json = exchange.getRequestURI().getPath().endsWith("2");
            byte[] body = (json ? "{\"error\": \"not-found\"}" : "<html>").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        try {
            SchemaRegistry wrong = new RegistryLocation(
                            "http://127.0.0.1:" + other.getAddress().getPort())
                    .open();
            assertThatThrownBy(() -> wrong.byId(new UUID(1, 1)))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("is this a schema registry?");
            assertThatThrownBy(() -> wrong.byId(new UUID(1, 2)))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("status 404, not-found");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aPipelineIsPlannedWithItAndAProblemSaysThatItIsDown() throws IOException {
        registry.register("mail-v1", ONE);
        var config = new Avro.Config(new Reference(server.url().toString()), "mail-v1");
        List<String> problems = new ArrayList<>();

        assertThat(config.plan((path, problem) -> problems.add(path + ": " + problem)))
                .isNotNull();
        assertThat(problems).isEmpty();
        server.close();
        var down = new Avro.Config(new Reference(server.url() + "/"), "mail-v1");
        assertThat(down.plan((path, problem) -> problems.add(path + ": " + problem)))
                .isNull();
        assertThat(problems).singleElement().asString().startsWith("registry: the schema registry http://127.0.0.1:");
    }

    private SchemaRegistry open(String fragment) {
        return new RegistryLocation(server.url() + fragment).open();
    }

    private static byte[] record(UUID id, Schema schema) {
        GenericRecord record = new GenericRecordBuilder(schema).set("x", "v").build();
        return new RecordEncoder(id, schema, false).encode(record);
    }

    /** Counts what is asked by id, and is slow or broken where it is told to. */
    private static final class Counting implements SchemaStore {
        private final SchemaStore store;
        private final AtomicInteger lookups = new AtomicInteger();
        private volatile int delayMillis;
        private volatile boolean failing;

        Counting(SchemaStore store) {
            this.store = store;
        }

        @Override
        public List<String> subjects() {
            return store.subjects();
        }

        @Override
        public List<Version> versions(String subject) {
            return store.versions(subject);
        }

        @Override
        public Optional<Schema> schema(UUID id) {
            lookups.incrementAndGet();
            if (failing) {
                throw new StoreException("the disk is gone", null);
            }
            try {
                Thread.sleep(delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return store.schema(id);
        }

        @Override
        public Optional<CompatibilityLevel> level(String subject) {
            return store.level(subject);
        }

        @Override
        public void setLevel(String subject, CompatibilityLevel level) {
            store.setLevel(subject, level);
        }

        @Override
        public boolean append(Version version) {
            return store.append(version);
        }

        @Override
        public String place() {
            return store.place();
        }
    }
}
