package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import io.datamill.pipeline.PlannedVerb;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The basic verbs; parse has its own. */
final class TransformCases {
    private static final String EDIT = "{ page: string, user: string, country: string?, size: long, bot: boolean }";

    private TransformCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        converting(cases);
        shaping(cases);
        cases.step(
                "route",
                "",
                "{ routes: { fraud: \"score < 0.2\", ok: \"score > 0.8\" }, otherwise: review }",
                "{ score: double }",
                i -> row(i / 256.0));
        cases.step("filter", "", "\"!bot && (country == null || country != 'XX')\"", EDIT, TransformCases::edit);
        cases.step(
                "derive",
                "",
                "{ kb: \"size / 1024\", title: \"country == null ? 'none' : country.lowerAscii()\" }",
                EDIT,
                TransformCases::edit);
        return cases.list();
    }

    private static void converting(Cases cases) {
        cases.step(
                "cast",
                "numbers",
                "{ amount: double, count: int, price: \"decimal(8,2)\" }",
                "{ amount: string, count: string, price: string }",
                i -> row(i + ".125", Integer.toString(i * 7), i + ".5"));
        cases.step("cast", "timestamp", "{ at: timestamp }", "{ at: string }", i -> row(Varied.time(i)));
        cases.step("cast", "date", "{ day: date }", "{ day: string }", i -> row("2026-01-" + (10 + i % 20)));
        cases.step(
                "grok",
                "4 fields",
                "{ field: message, pattern: \"%{TIMESTAMP_ISO8601:at} %{LOGLEVEL:level} %{WORD:job} took %{NUMBER:ms}ms\","
                        + " fields: { at: timestamp, level: string, job: string, ms: long } }",
                "{ message: string }",
                i -> row(Varied.time(i) + " WARN " + Varied.word(i) + " took " + i * 3 + "ms"));
        cases.step(
                "grok",
                "combined log, 10 fields",
                "{ field: message, pattern: \"%{COMBINEDAPACHELOG}\", null-marker: \"-\", fields: { clientip: string,"
                        + " auth: string?, timestamp: \"timestamp[dd/MMM/yyyy:HH:mm:ss Z]\", verb: string?,"
                        + " request: string?, httpversion: string?, response: int, bytes: long?, referrer: string?,"
                        + " agent: string? } }",
                "{ message: string }",
                i -> row(Varied.accessLine(i)));
        // A key has to be a reference; any property of the JVM does.
        cases.step(
                "pseudonymise",
                "",
                "{ fields: [email], key: \"${env:java.vm.name}\", key-id: k1 }",
                "{ email: string? }",
                i -> row(Varied.mail(i)));
        cases.step(
                "redact",
                "keep-last",
                "{ fields: [card], keep-last: 4 }",
                "{ card: string? }",
                i -> row("411111111111" + (1000 + i)));
        cases.step(
                "redact",
                "pattern",
                "{ fields: [text], pattern: '[0-9]{13,16}' }",
                "{ text: string }",
                i -> row(Varied.text(i, 4) + " 411111111111" + (1000 + i)));
    }

    private static void shaping(Cases cases) {
        cases.step("drop", "", "[bot]", EDIT, TransformCases::edit);
        cases.step("select", "", "[user, page]", EDIT, TransformCases::edit);
        cases.step("rename", "", "{ user: author }", EDIT, TransformCases::edit);
        cases.step("impute", "", "{ country: none }", EDIT, TransformCases::edit);
        cases.step(
                "explode",
                "4 items",
                "{ field: items, as: item, index-as: i }",
                "{ order: string, items: array<string> }",
                i -> row(
                        "o" + i,
                        new ArrayList<>(List.of(Varied.word(i), Varied.word(i + 1), Varied.word(i + 2), "pen"))));
        String nested = "{ ip: string, geo?: { country: string, at: { lat: double, lon: double } } }";
        Schema geo =
                PlannedVerb.schema(nested).getField("geo").schema().getTypes().get(1);
        cases.step("flatten", "", "{ fields: [geo] }", nested, i -> row(Varied.ip(i), geo(geo, i)));
    }

    private static GenericData.Record geo(Schema schema, int i) {
        GenericData.Record at = new GenericData.Record(schema.getField("at").schema());
        at.put(0, 50 + Varied.real(i));
        at.put(1, 10 + Varied.real(i + 1));
        GenericData.Record geo = new GenericData.Record(schema);
        geo.put(0, "DE");
        geo.put(1, at);
        return geo;
    }

    private static Object[] edit(int i) {
        return row(
                Varied.text(i, 2), Varied.name(i), i % 3 == 0 ? null : "DE", (long) Varied.number(i, 9999), i % 4 == 0);
    }
}
