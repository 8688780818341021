package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import io.datamill.schema.Fields;
import io.datamill.step.AsyncStep;
import io.datamill.step.Planning;
import io.datamill.testing.KeyedRunner;
import io.datamill.testing.Sql;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookupIT {
    private static final Fields TAKE = LookupTest.take(
            "city string", "opened timestamp", "day date", "size long", "rate decimal(6,2)", "open boolean");
    private static Lab lab;
    private static String url;
    private static Sql sql;
    private AsyncStep opened;

    @BeforeAll
    static void start() throws SQLException {
        lab = Lab.start(LabFiles.locate(), Server.POSTGRES);
        url = lab.postgresUrl();
        sql = new Sql(url);
        sql.execute("CREATE TABLE shop (id bigint, region text, city text, opened timestamptz, day date, size int,"
                + " rate numeric, open boolean)");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        sql.execute("TRUNCATE shop");
        sql.execute("INSERT INTO shop VALUES (7, 'north', 'Gent', '2026-01-31T12:00:00+01', '2026-01-31', 12, 1.5, true),"
                + " (8, 'north', NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    @AfterEach
    void close() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    private void open(String table, String query, Map<String, String> on, Fields take, String at) throws Exception {
        var from = new Lookup.From(null, new Lookup.Database(new Reference(at), table, query));
        var config = new Lookup.Config("shops", from, on, take, "place", Duration.ofSeconds(1), null, 50, 100);
        opened = (AsyncStep) config.plan(new Planning(LookupTest.INPUT, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        }));
        opened.open();
    }

    private GenericRecord place(Object shop, Object region) throws Exception {
        Event event = opened.apply(KeyedRunner.event(1, 0, shop, region, 1.0))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(event.values()).startsWith(shop, region, 1.0).hasSize(4);
        return (GenericRecord) event.values()[3];
    }

    @Test
    void readsARowsColumnsByTheirTypes() throws Exception {
        open("public.shop", null, LookupTest.on("shop", "id", "region", "region"), TAKE, url);
        GenericRecord place = place(7, "north");
        assertThat(place.get("city")).isEqualTo("Gent");
        assertThat(place.get("opened")).isEqualTo(Instant.parse("2026-01-31T11:00:00Z").toEpochMilli());
        assertThat(place.get("day")).isEqualTo(20484); // Days from 1970-01-01 to 2026-01-31.
        assertThat(place.get("size")).isEqualTo(12L);
        assertThat(place.get("rate")).isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 150})); // 1.50
        assertThat(place.get("open")).isEqualTo(true);
        GenericRecord empty = place(8, "north");
        assertThat(TAKE.schema().getFields()).allMatch(field -> empty.get(field.pos()) == null);
        assertThat(place(7, "south")).isNull();
        assertThat(place(7, "'; DROP TABLE shop; --")).isNull();
        assertThat(place(null, "north")).isNull();
        assertThat(place(7, "\0")).as("no text has U+0000").isNull();
    }

    @Test
    void takesTextForAColumnOfAnyTypeAndAnyQuery() throws Exception {
        open(null, "SELECT id, upper(city) AS city FROM shop", LookupTest.on("region", "id"), LookupTest.take("city string"), url);
        assertThat(place(1, "7").get("city")).isEqualTo("GENT");
        assertThat(place(1, "seven")).as("no number").isNull();
    }

    @Test
    void remembersRowsForAWhileAndThatThereIsNone() throws Exception {
        open("shop", null, LookupTest.on("shop", "id"), LookupTest.take("city string"), url);
        assertThat(place(7, "x").get("city")).isEqualTo("Gent");
        assertThat(place(9, "x")).isNull();
        sql.execute("UPDATE shop SET city = 'Brugge' WHERE id = 7");
        sql.execute("INSERT INTO shop (id, city) VALUES (9, 'Aalst')");
        assertThat(place(7, "x").get("city")).isEqualTo("Gent");
        assertThat(place(9, "x")).isNull();
        Thread.sleep(1100);
        assertThat(place(7, "x").get("city")).isEqualTo("Brugge");
        assertThat(place(9, "x").get("city")).isEqualTo("Aalst");
    }

    @Test
    void asksOnceForAKeyThatManyEventsHave() throws Exception {
        open(
                null,
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS asked, region"
                        + " FROM shop, pg_sleep(0.3) WHERE id = 7",
                LookupTest.on("region", "region"),
                LookupTest.take("asked long"),
                url);
        Set<Object> asked = new HashSet<>();
        List<CompletableFuture<Event>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(opened.apply(KeyedRunner.event(i, 0, i, "north", 1.0)).toCompletableFuture());
        }
        for (CompletableFuture<Event> event : waiting) {
            GenericRecord place = (GenericRecord) event.get(30, TimeUnit.SECONDS).values()[3];
            asked.add(place.get("asked"));
        }
        assertThat(asked).hasSize(1).doesNotContainNull();
    }

    @Test
    void goesOnAfterItsConnectionsWereEnded() throws Exception {
        open("shop", null, LookupTest.on("shop", "id"), LookupTest.take("city string"), url);
        for (int i = 0; i < 8; i++) {
            place(i, "x");
        }
        sql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND application_name = 'datamill'");
        Thread.sleep(1100); // Past what is remembered.
        for (int i = 0; i < 8; i++) {
            assertThat(place(i, "x") == null).isEqualTo(i < 7);
        }
    }

    @Test
    void saysWhatIsMissingBeforeTheFirstEvent() {
        assertThatThrownBy(() -> open("shops", null, LookupTest.on("shop", "id"), LookupTest.take("city string"), url))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("relation \"shops\" does not exist");
        assertThatThrownBy(() -> open("shop", null, LookupTest.on("shop", "id"), LookupTest.take("town string"), url))
                .hasMessageContaining("column t.town does not exist");
        assertThatThrownBy(() -> open("shop", null, LookupTest.on("shop", "id"), LookupTest.take("city string"),
                        "jdbc:postgresql://user:secret@host/db"))
                .hasMessageNotContaining("secret")
                .hasMessageStartingWith("the url of Postgres is none that the driver takes");
    }

    @Test
    void failsTheEventWhereTheDatabaseRefuses() throws Exception {
        sql.execute("CREATE TABLE brief (id bigint, city text)");
        open("brief", null, LookupTest.on("shop", "id"), LookupTest.take("city string"), url);
        sql.execute("DROP TABLE brief");
        assertThatThrownBy(() -> place(1, "x")).hasMessageContaining("lookup of [1] failed");
    }
}
