package io.datamill.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.DriftFigure;
import io.datamill.event.Fate;
import io.datamill.event.LedgerEntry;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import io.datamill.sink.migration.PostgresMigrations;
import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.RowResult;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import io.datamill.testing.Outcomes;
import io.datamill.testing.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresIT {
    private static final List<String> COLUMNS = List.of(
            "received_at", "subject", "attachment_count", "size_bytes", "trust.score", "trust.reasons", "verdict");
    private static Lab lab;
    private static String url;
    private static Sql sql;

    private final Renderer renderer = Postgres.renderer(Outcomes.SCHEMA, COLUMNS, new Lineage(Outcomes.PIPELINE));

    @BeforeAll
    static void migrate() throws SQLException {
        lab = Lab.start(LabFiles.locate(), Server.POSTGRES);
        url = lab.postgresUrl();
        sql = new Sql(url);
        assertThat(PostgresMigrations.apply(url)).hasSize(8);
        assertThat(PostgresMigrations.apply(url)).isEmpty();
        sql.execute("ALTER TABLE scored_message ADD CHECK (verdict IN ('pass', 'label', 'quarantine'))");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        renderer.open();
        sql.execute("TRUNCATE scored_message, ledger, drift");
    }

    @Test
    void writesEachColumnAndTheLineage() throws Exception {
        write(List.of(row("id-1", 5, "Grüße")));
        assertThat(sql.query("SELECT tenant, event_id, version, subject, attachment_count, size_bytes, trust_score,"
                        + " trust_reasons->0->>'feature', verdict, lineage->>'position',"
                        + " extract(epoch FROM received_at) FROM scored_message"))
                .containsExactly("acme|id-1|5|Grüße|null|1234|0.75|spf|pass|stream/shard-0/5|1030881600.120000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 18, 19})
    void refusesOneRowWhereverItIsAndWritesTheOthers(int bad) throws Exception {
        List<StoreRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(i == bad ? refused("id-" + i) : row("id-" + i, 1, "s"));
        }
        List<RowResult> results = write(rows);
        for (int i = 0; i < 20; i++) {
            if (i == bad) {
                RowResult.Refused refused = (RowResult.Refused) results.get(i);
                assertThat(refused.code()).isEqualTo("SQLSTATE_23514");
                assertThat(refused.reason()).contains("scored_message_verdict_check");
            } else {
                assertThat(results.get(i)).isEqualTo(RowResult.WRITTEN);
            }
        }
        assertThat(sql.query("SELECT count(*) FROM scored_message")).containsExactly("19");
    }

    @Test
    void refusesEveryRowOfABatchThatIsBad() throws Exception {
        assertThat(write(List.of(refused("a"), refused("b"), row("c", 1, "s"), refused("d"))))
                .extracting(Object::getClass)
                .asString()
                .containsSubsequence("Refused", "Refused", "Written", "Refused");
        assertThat(sql.query("SELECT event_id FROM scored_message")).containsExactly("c");
    }

    @Test
    void keepsTheHighestVersionWhateverTheOrder() throws Exception {
        write(List.of(row("id", 5, "five")));
        write(List.of(row("id", 3, "three")));
        assertThat(sql.query("SELECT version, subject FROM scored_message")).containsExactly("5|five");
        write(List.of(row("id", 7, "seven")));
        assertThat(sql.query("SELECT version, subject FROM scored_message")).containsExactly("7|seven");
    }

    @Test
    void takesTwoVersionsOfAKeyInOneBatch() throws Exception {
        assertThat(write(List.of(row("id", 5, "five"), row("id", 6, "six"), row("id", 4, "four"))))
                .containsExactly(RowResult.STALE, RowResult.WRITTEN, RowResult.STALE);
        assertThat(sql.query("SELECT version, subject FROM scored_message")).containsExactly("6|six");
    }

    @Test
    void namesWhatTheTableLacksAndTheCommandThatAddsIt() {
        Table table = new Table("scored_message", List.of(Column.of("sender_ip", Outcomes.SCHEMA), noColumn()));
        assertThatThrownBy(() -> write(new Reference(url), table, List.of(row("id", 1, "s"))))
                .isInstanceOf(FatalStoreException.class)
                .hasMessage("table 'scored_message' has no column trust_reasons_0;"
                        + " run: datamill migrate --postgres-url <url>");
        Table none = new Table("scored", List.of());
        assertThatThrownBy(() -> write(new Reference(url), none, List.of(row("id", 1, "s"))))
                .isInstanceOf(FatalStoreException.class)
                .hasMessageStartingWith("no table 'scored'");
    }

    @Test
    void failsTheJobWhereTheCredentialsAreWrong() {
        Reference wrong = new Reference(url.replaceFirst("user=[^&]*", "user=nobody"));
        assertThatThrownBy(() -> write(wrong, table(), List.of(row("id", 1, "s"))))
                .isInstanceOf(FatalStoreException.class)
                .hasMessageContaining("SQLSTATE 28");
    }

    @Test
    void connectsAgainAfterTheServerEndedTheConnection() throws Exception {
        try (StoreClient client = client(new Reference(url), table())) {
            client.write(List.of(row("a", 1, "s")));
            assertThat(sql.query("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                            + " WHERE application_name = 'datamill'"))
                    .containsExactly("t");
            assertThat(client.write(List.of(row("b", 1, "s")))).containsExactly(RowResult.WRITTEN);
        }
    }

    @Test
    void aTotalOfTheLedgerOnlyGrows() throws Exception {
        LedgerSink.Totals totals = new LedgerSink.Totals();
        write(new Reference(url), totals, List.of(total(3), total(5), total(4)));
        write(new Reference(url), totals, List.of(total(2)));
        assertThat(sql.query("SELECT pipeline, tenant, fate, count FROM ledger"))
                .containsExactly("p|acme|OUT|5");
    }

    @Test
    void keepsTheFigureOfTheMostEventsAndOfTheHighestGeneration() throws Exception {
        write(new Reference(url), new DriftTable(), List.of(figure(100, 0.25, 0), figure(300, 0.5, 0)));
        write(new Reference(url), new DriftTable(), List.of(figure(200, 0.75, 0)));
        String rows = "SELECT pipeline, step, tenant, model, extract(epoch FROM window_start)::int, what, name, value,"
                + " expected, allowed, breached, events FROM drift";
        assertThat(sql.query(rows)).containsExactly("p|e|acme|m@1|3600|verdict|pass|0.5|null|0.2|t|300");

        write(new Reference(url), new DriftTable(), List.of(figure(200, 0.75, 1)));
        assertThat(sql.query("SELECT value, events FROM drift")).containsExactly("0.75|200");
    }

    private static StoreRow figure(long events, double value, int generation) {
        DriftFigure figure = new DriftFigure(
                new DriftFigure.Window("e", "acme", "m@1", 3_600_000, events),
                DriftFigure.What.VERDICT,
                "pass",
                new DriftFigure.Measure(value, Double.NaN, 0.2, true));
        return DriftTable.row(figure, "p", generation);
    }

    private static StoreRow total(long count) {
        return LedgerSink.row(new LedgerEntry("acme", 60_000, Fate.OUT, count), "p");
    }

    private static Column noColumn() {
        Column verdict = Column.of("verdict", Outcomes.SCHEMA);
        return new Column("trust_reasons_0", verdict.kind(), verdict.from());
    }

    private StoreRow row(String id, long version, String subject) throws Exception {
        return renderer.render(Outcomes.of(id, version, subject));
    }

    private StoreRow refused(String id) throws Exception {
        return renderer.render(Outcomes.with(id, 1, "s", "no verdict", null));
    }

    private static Table table() {
        return new Table(
                "scored_message",
                COLUMNS.stream().map(c -> Column.of(c, Outcomes.SCHEMA)).toList());
    }

    private static List<RowResult> write(List<StoreRow> rows) throws Exception {
        return write(new Reference(url), table(), rows);
    }

    private static List<RowResult> write(Reference at, Upsert upsert, List<StoreRow> rows) throws Exception {
        try (StoreClient client = client(at, upsert)) {
            return client.write(rows);
        }
    }

    private static StoreClient client(Reference at, Upsert upsert) throws Exception {
        return Postgres.store(at, upsert, Duration.ofSeconds(10)).open();
    }
}
