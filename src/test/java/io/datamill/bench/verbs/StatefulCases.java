package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import io.datamill.pipeline.PlannedVerb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** The keyed verbs with their state in hash maps, not serialized, and the look-ups. An event every 100 ms. */
final class StatefulCases {
    private static final String EDIT = "{ page: string, user: string, delta: int, at: timestamp }";

    private static final String PROFILE = "{ id: p, key: [user], features: { hour: count(1h), sum: \"sum(delta, 1d)\","
            + " avg: \"avg(delta, 7d)\", max: \"max(delta, 1d)\", pages: \"distinct(page, 30d)\", mean: \"ewma(delta, 1h)\","
            + " change: rate(1h), last: last(at) } }";

    private StatefulCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        keyed(cases, "deduplicate", "1 h, 36,000 ids", "{ id: once, within: 1h }", EDIT, StatefulCases::edit);
        keyed(
                cases,
                "profile",
                "4 features",
                "{ id: p, key: [user], features: { h: count(1h), d: count(1d), first: first(at), last: last(at) } }",
                EDIT,
                StatefulCases::edit);
        keyed(cases, "profile", "8 features", PROFILE, EDIT, StatefulCases::edit);
        cases.add(
                "profile",
                "8 features, Flink's heap state",
                () -> BackendWork.keyed(
                        planned("{ profile: " + PROFILE + " }", EDIT), StatefulCases::edit, new HashMapStateBackend()));
        cases.add(
                "profile",
                "8 features, RocksDB",
                () -> BackendWork.keyed(planned("{ profile: " + PROFILE + " }", EDIT), StatefulCases::edit, rocksDb()));
        keyed(
                cases,
                "impute-last",
                "",
                "{ id: l, key: [sensor], fields: [status], within: 1h }",
                "{ sensor: string, status: string? }",
                i -> row(Varied.name(i), i % 3 == 0 ? null : Varied.word(i)));
        group(
                cases,
                "tumbling, count and sums",
                "{ tumbling: 1m }",
                "edits: count, bytes: sum(delta), most: max(delta)");
        group(
                cases,
                "sliding by 1/5, count and sums",
                "{ sliding: 1m, every: 12s }",
                "edits: count, bytes: sum(delta), most: max(delta)");
        group(cases, "session, count", "{ session: 1s }", "edits: count");
        group(
                cases,
                "tumbling, three sketches",
                "{ tumbling: 1m }",
                "editors: distinct(user), half: \"quantile(delta, 0.5)\", busiest: \"top(user, 3)\"");
        cases.add("join", "by turns, within 1 min", StatefulCases::join);
        cases.add("lookup", "CSV of 1,000 rows", StatefulCases::lookup);
        return cases.list();
    }

    /** With memory of a size that a job gives it: the harness has next to none. */
    private static StateBackend rocksDb() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.getMemoryConfiguration().setFixedMemoryPerSlot("256mb");
        return backend;
    }

    private static void group(Cases cases, String variant, String window, String aggregates) {
        keyed(
                cases,
                "group",
                variant,
                "{ id: g, key: [page], window: " + window + ", aggregates: { " + aggregates + " } }",
                EDIT,
                StatefulCases::edit);
    }

    private static void keyed(
            Cases cases, String verb, String variant, String yaml, String fields, IntFunction<Object[]> rows) {
        cases.add(verb, variant, () -> Works.keyed(planned("{ " + verb + ": " + yaml + " }", fields), rows));
    }

    private static Work join() throws Exception {
        return Works.join(
                PlannedVerb.of(
                        "{ join: { id: shipped, with: shipments, on: { order: ref }, after: 1m, as: shipment, kind: left } }",
                        "{ order: string, customer: string, at: timestamp }",
                        Map.of("shipments", "{ ref: string, carrier: string, at: timestamp }"),
                        UnaryOperator.identity()),
                i -> row("o-" + i, Varied.name(i), Varied.millis(i)),
                i -> row("o-" + i, Varied.word(i), Varied.millis(i)));
    }

    private static Work lookup() throws Exception {
        Path file = Files.createTempFile("datamill-bench-", ".csv");
        file.toFile().deleteOnExit();
        List<String> lines = new ArrayList<>(List.of("id,city,opened"));
        for (int i = 0; i < 1000; i++) {
            lines.add(i + "," + Varied.word(i) + ",2019-05-01");
        }
        Files.write(file, lines);
        String yaml = "{ lookup: { id: shops, from: { csv: \"" + file
                + "\" }, on: { shop: id }, take: { city: string, opened: date }, as: place } }";
        return Works.step(planned(yaml, "{ shop: int }"), i -> row(i * 5));
    }

    private static PlannedVerb planned(String yaml, String fields) throws Exception {
        return PlannedVerb.of(yaml, fields, Map.of(), UnaryOperator.identity());
    }

    private static Object[] edit(int i) {
        return row(Varied.word(i % 16), Varied.name(i) + i % 50, Varied.number(i, 9999) - 5000, Varied.millis(i));
    }
}
