package io.datamill.alerter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.alerter.channel.Backoff;
import io.datamill.alerter.config.StreamConfig.Start;
import io.datamill.alerter.stream.StreamPort;
import io.datamill.alerter.stream.StreamReader;
import io.datamill.alerter.stream.StreamReader.Manner;
import io.datamill.alerter.stream.StreamReader.Pass;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import io.datamill.sink.migration.PostgresMigrations;
import io.datamill.testing.Sql;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease and the reader on a real Postgres, with a stream that does what an emulator does not. */
class TakingIT {
    private static Lab servers;
    private static Sql sql;

    private final List<String> taken = new ArrayList<>();
    private final FakeStream stream = new FakeStream();
    private final Clock clock = Clock.systemUTC();
    private Database database;
    private Lease lease;
    private Positions positions;

    @BeforeAll
    static void startServers() {
        servers = Lab.start(LabFiles.locate(), Server.POSTGRES);
        PostgresMigrations.apply(servers.postgresUrl());
        sql = new Sql(servers.postgresUrl());
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @BeforeEach
    void open() throws SQLException {
        sql.execute("TRUNCATE alerter_lease, alerter_shard");
        database = new Database(servers.postgresUrl());
        lease = Lease.take(database, "test", clock).orElseThrow();
        positions = new Positions(lease, "s", clock);
    }

    @AfterEach
    void close() throws SQLException {
        lease.close();
        database.close();
    }

    @Test
    void oneAtATimeHoldsTheLease() throws Exception {
        assertThat(Lease.take(database, "test", clock)).isEmpty();
        try (Lease other = Lease.take(database, "other", clock).orElseThrow()) {
            assertThat(other.isHeld()).isTrue();
        }
        lease.close();
        lease = Lease.take(database, "test", clock).orElseThrow();
    }

    @Test
    void whoHasLostTheLeaseWithoutKnowingChangesNothing() throws Exception {
        assertThat(sql.query(
                        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_locks WHERE locktype = 'advisory'"))
                .containsExactly("1");
        assertThat(lease.isHeld()).isFalse();
        try (Lease next = Lease.take(database, "test", clock).orElseThrow()) {
            assertThatThrownBy(() -> positions.all()).isInstanceOf(LeaseLostException.class);
            assertThat(new Positions(next, "s", clock).all()).isEmpty();
        }
    }

    @Test
    void readsChildrenAfterAllTheirParents() throws Exception {
        stream.shard("a").add("1", "2", "3").end();
        stream.shard("b").add("4").end();
        stream.shard("c", "a", "b", "gone").add("5");
        readAll(reader());
        assertThat(taken).hasSize(5).endsWith("c/5");
        assertThat(sql.query("SELECT shard, sequence, done FROM alerter_shard ORDER BY shard"))
                .containsExactly("a|3|t", "b|4|t", "c|5|f");
    }

    @Test
    void anIteratorThatIsTooOldIsReplacedAtTheSamePlace() throws Exception {
        stream.shard("a").add("1", "2", "3", "4");
        StreamReader reader = reader();
        reader.pass();
        stream.expired = true;
        assertThat(reader.pass().isAtEnd()).isFalse();
        readAll(reader);
        assertThat(taken).containsExactly("a/1", "a/2", "a/3", "a/4");
    }

    @Test
    void aShardThatIsThrottledIsReadLaterAndHoldsNoOther() throws Exception {
        stream.shard("a").add("1");
        stream.shard("b").add("2");
        stream.throttled.add("a");
        StreamReader reader = reader();
        assertThat(reader.pass().problem()).isEqualTo("busy");
        assertThat(taken).containsExactly("b/2");
        stream.throttled.clear();
        readAll(reader);
        assertThat(taken).containsExactly("b/2", "a/1");
    }

    @Test
    void whatCouldNotBeRememberedIsReadAgain() throws Exception {
        stream.shard("a").add("1", "2");
        StreamReader failing = new StreamReader(
                stream,
                positions,
                (shard, records, end) -> {
                    throw new SQLException("down");
                },
                new Manner(Start.TRIM_HORIZON, backoff(), clock));
        assertThatThrownBy(failing::pass).hasMessage("down");
        readAll(reader());
        assertThat(taken).containsExactly("a/1", "a/2");
    }

    @Test
    void aRestartGoesOnWhereTheLastEnded() throws Exception {
        stream.shard("a").add("1", "2", "3");
        reader().pass();
        stream.shard("d").add("9");
        readAll(reader());
        assertThat(taken).containsExactlyInAnyOrder("a/1", "a/2", "a/3", "d/9");
    }

    @Test
    void tellsThatTheStreamMayHaveLostWhatWasNotRead() throws Exception {
        stream.shard("a").add("1");
        reader().pass();
        assertThat(reader().pass().problem()).isEmpty();
        sql.execute("UPDATE alerter_shard SET moved_at = now() - interval '25 hours'");
        assertThat(reader().pass().problem()).contains("may be lost: a was last read at");
    }

    private StreamReader reader() {
        return new StreamReader(stream, positions, this::take, new Manner(Start.TRIM_HORIZON, backoff(), clock));
    }

    private static Backoff backoff() {
        return new Backoff(Duration.ofMillis(10), Duration.ofMillis(20), new Random(1));
    }

    private Tally take(String shard, List<Arrived> records, boolean end) throws SQLException {
        records.forEach(record -> taken.add(shard + '/' + record.sequence()));
        return lease.with(connection -> {
            positions.move(
                    connection,
                    shard,
                    records.isEmpty() ? null : records.get(records.size() - 1).sequence(),
                    end);
            return new Tally(records.size(), 0, 0, 0, 0, 0, 0);
        });
    }

    private static void readAll(StreamReader reader) throws SQLException {
        Pass pass;
        do {
            pass = reader.pass();
        } while (!pass.isAtEnd());
    }

    /** Two records a page; an iterator is the shard and how many records are before it. */
    private static final class FakeStream implements StreamPort {
        private final Map<String, FakeShard> shards = new HashMap<>();
        private final Set<String> throttled = new HashSet<>();
        private boolean expired;

        private static final class FakeShard {
            private final List<String> parents;
            private final List<String> sequences = new ArrayList<>();
            private boolean ended;

            FakeShard(List<String> parents) {
                this.parents = parents;
            }

            FakeShard add(String... more) {
                sequences.addAll(List.of(more));
                return this;
            }

            void end() {
                ended = true;
            }
        }

        FakeShard shard(String id, String... parents) {
            return shards.computeIfAbsent(id, key -> new FakeShard(List.of(parents)));
        }

        @Override
        public List<Shard> shards() {
            // The children first: the order of the list is not that of reading.
            return shards.entrySet().stream()
                    .sorted(Map.Entry.<String, FakeShard>comparingByKey().reversed())
                    .map(entry -> new Shard(entry.getKey(), entry.getValue().parents))
                    .toList();
        }

        @Override
        public String iterator(String shard, String after, Instant from) {
            return shard + ':' + (shards.get(shard).sequences.indexOf(after) + 1);
        }

        @Override
        public Page read(String iterator) {
            String[] parts = iterator.split(":", -1);
            if (expired) {
                expired = false;
                throw new ExpiredException(null);
            }
            if (throttled.contains(parts[0])) {
                throw new UnavailableException("busy", null);
            }
            FakeShard shard = shards.get(parts[0]);
            int from = Integer.parseInt(parts[1]);
            int to = Math.min(from + 2, shard.sequences.size());
            List<Arrived> records = shard.sequences.subList(from, to).stream()
                    .map(sequence -> new Arrived(sequence, Instant.EPOCH, new byte[0]))
                    .toList();
            boolean over = shard.ended && to == shard.sequences.size();
            return new Page(records, over ? null : parts[0] + ':' + to, shard.sequences.size() - to);
        }

        @Override
        public Duration retention() {
            return Duration.ofHours(24);
        }

        @Override
        public void close() {
            shards.clear();
        }
    }
}
