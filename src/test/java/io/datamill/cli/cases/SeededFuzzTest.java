package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.local.JsonLines;
import io.datamill.cli.reference.StepsReference;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.Header;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.YamlConfig;
import io.datamill.source.Records;
import io.datamill.step.AsyncStep;
import io.datamill.step.JoinStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.adapter.Peek;
import io.datamill.testing.Events;
import io.datamill.testing.ExtremeValues;
import io.datamill.testing.HostileBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in, an adapter gives events or rejects, and a verb an event, none, or a reject: never another exception,
 * which would stop the job, and never a value that is not of the planned type.
 */
class SeededFuzzTest {
    private static final int RECORDS = Integer.getInteger("datamill.fuzz.records", 600);
    private static final int EVENTS = Integer.getInteger("datamill.fuzz.events", 100);
    private static final int EVENTS_OF_A_TYPE = EVENTS / 5;
    private static final long SEED = Long.getLong("datamill.fuzz.seed", 20260131);
    private static final int MOST_FAILURES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> EXAMPLES = new StepsReference(Catalog.STANDARD).examples();
    private static final Planner PLANNER = new Planner(Catalog.STANDARD).trial();

    private static final List<String> TYPES = List.of(
            "int",
            "long?",
            "double",
            "double?",
            "decimal(10,2)",
            "decimal(38,38)?",
            "string",
            "string?",
            "bytes?",
            "boolean?",
            "timestamp",
            "timestamp?",
            "date",
            "date?",
            "enum(a,b)?",
            "array<string?>",
            "array<double>?",
            "array<date>",
            "map<long?>",
            "map<string>?",
            "{ x: int, y: string? }",
            "[ { x: decimal(5,1)?, y: date } ]");

    private static final String CELLS =
            "i: int?, l: long, d: double?, s: string?, b: bytes?, o: boolean?, e: \"enum(a,b)?\","
                    + " n: \"decimal(38,10)?\", t: timestamp?, u: \"timestamp[d/M/uuuu H:m:s Z]?\", y: \"date[dd.MM.yyyy]?\"";
    private static final String ROW = "i,l,d,s,b,o,e,n,t,u,y\\n1,2,1.5,x,AAEC,true,a,1.25,2026-01-31T12:00:00Z,"
            + "31/1/2026 12:00:00 +0100,31.01.2026\\n";
    private static final String PAIRS = "i=1 l=2 d=1.5 s=x b=AAEC o=true e=a n=1.25 t=2026-01-31T12:00:00Z"
            + " u=\\\"31/1/2026 12:00:00 +0100\\\" y=31.01.2026 more=\\\"a \\\\n b\\\"";

    /** Adapters with every type and what the examples do not show. */
    private static final List<String> ADAPTERS = List.of(
            "adapter: { csv: { columns: { " + CELLS + " } } }\ninput: \"" + ROW + "\"",
            "adapter: { csv: { columns: { " + CELLS + " }, charset: utf-16, ragged: fill } }\ninput: \"" + ROW + "\"",
            "adapter: { tsv: { columns: { " + CELLS + " }, quote: \"'\" } }\ninput: \"" + ROW.replace(",", "\\t")
                    + "\"",
            "adapter: { logfmt: { fields: { " + CELLS + " }, unknown: keep } }\ninput: \"" + PAIRS + "\"",
            "adapter: { text: { pattern: '(?<i>\\d*) (?<s>(a|aa)*)b? ?(?<d>.*)', on-mismatch: nulls, charset: utf-8,"
                    + " fields: { i: int?, s: string?, d: double? } } }\ninput: '1 aaaaaaaaaaaaaaab 1e5'",
            "adapter: { json: { fields: { " + CELLS.replace("l: long", "l: long?")
                    + ", r: { x: int?, y: \"array<string?>?\" }, m: \"map<double?>?\", a: [ { z: date? } ] }, unknown: keep } }\n"
                    + "input: '{\"i\":1,\"l\":2,\"d\":1.5,\"s\":\"x\\u00e4\\ud83d\\ude00\",\"b\":\"AAEC\",\"o\":true,\"e\":\"a\",\"n\":1.25,"
                    + "\"t\":\"2026-01-31T12:00:00Z\",\"u\":\"31/1/2026 12:00:00 +0100\",\"y\":\"31.01.2026\",\"more\":{\"q\":[1]},"
                    + "\"r\":{\"x\":1,\"y\":[\"a\",null]},\"m\":{\"k\":1.5},\"a\":[{\"z\":null}]}'",
            "adapter: { json: { fields: { t: \"timestamp[epoch-millis]?\", u: \"timestamp[epoch-seconds]?\" } } }\n"
                    + "input: '[{\"t\":1769860800000,\"u\":1769860800.5},{\"t\":-1}]'");

    /** Steps over a field v, whatever its type; those that do not fit it are not planned. */
    private static final List<String> STEPS = Stream.of(
                    expressions(),
                    casts(),
                    parses(),
                    aggregates(),
                    Stream.of(
                            "impute: { v: 0 }",
                            "impute: { v: a }",
                            "impute: { v: 2026-01-31 }",
                            "impute-last: { id: last, key: [k], fields: [v], within: 1d }",
                            "flatten: { fields: [v] }",
                            "explode: { field: v, as: w }",
                            "explode: { field: v, as: w, empty: keep }",
                            "rename: { v: w }",
                            "redact: { fields: [v] }",
                            "redact: { fields: [v], pattern: '(a|aa)+$', with: x }",
                            "redact: { fields: [v], keep-last: 2 }",
                            "grok: { field: v, pattern: '%{WORD:w}' }",
                            "domain: { field: v, as: w }",
                            "campaign: { field: v, as: w }",
                            "look-alike: { field: v, as: w, of: [paypal.com] }",
                            "mail-provider: { field: v, as: w }",
                            "url-shortener: { field: v, as: w }",
                            "user-agent: { field: v, as: w }",
                            "binarize: { fields: [v] }",
                            "normalize: { fields: [v] }",
                            "normalize: { array: v, norm: max }",
                            "encode: { fields: { v: hashing } }",
                            "profile: { id: p, key: [v], features: { n: 'count(1h)' } }",
                            "group: { id: g, key: [v], window: { tumbling: 1m }, aggregates: { n: count } }"))
            .flatMap(steps -> steps)
            .toList();

    private static Stream<String> expressions() {
        return Stream.of(
                        "v",
                        "v == v",
                        "v != null",
                        "v < v",
                        "v + v",
                        "v - v",
                        "v * v",
                        "v / v",
                        "v % v",
                        "-v",
                        "!v",
                        "string(v)",
                        "int(v)",
                        "double(v)",
                        "uint(v)",
                        "bytes(v)",
                        "bool(v)",
                        "timestamp(v)",
                        "duration(v)",
                        "dyn(v)",
                        "type(v) == int",
                        "size(v)",
                        "v[0]",
                        "v['a']",
                        "v.x",
                        "v.y == null",
                        "v in [v]",
                        "'a' in v",
                        "v.exists(e, e == e)",
                        "v.map(e, e)",
                        "v.filter(e, e != null)",
                        "v.all(e, size(string(e)) > 0)",
                        "v.map(e, string(e)).join(',')",
                        "v.matches('(a+)+$')",
                        "v.matches(v)",
                        "v.contains(v)",
                        "v.lowerAscii()",
                        "v.substring(1)",
                        "v.charAt(3)",
                        "v.split('')",
                        "v.split(',')[2]",
                        "v.replace('a', v)",
                        "v.format([v])",
                        "'%d'.format([v])",
                        "v.getFullYear()",
                        "v.getHours('Europe/Vienna')",
                        "v - duration('1h')",
                        "v - v < duration('1h')",
                        "v + duration('9999999h')",
                        "[v, v]",
                        "{'a': v}",
                        "v ? 1 : 2",
                        "v == null ? [] : [v]",
                        "v != null && v == v",
                        "math.abs(v)",
                        "math.greatest(v, 1)",
                        "v[0] == null",
                        "v[0].x",
                        "[v][1]",
                        "{'a': v}['b']",
                        "int(v) * 9223372036854775807",
                        "v == 0",
                        "v == 'a'",
                        "v > 1.5")
                .map(expression -> "derive: { w: \"" + expression + "\" }");
    }

    private static Stream<String> casts() {
        return Stream.of(
                        "int",
                        "long?",
                        "double",
                        "decimal(5,4)",
                        "decimal(38,0)?",
                        "string",
                        "string[base64]",
                        "bytes",
                        "bytes[base64]",
                        "boolean",
                        "timestamp",
                        "date",
                        "enum(a,b)",
                        "array<string>",
                        "array<int>?",
                        "map<string>",
                        "map<int?>")
                .map(type -> "cast: { v: \"" + type + "\" }");
    }

    private static Stream<String> parses() {
        return Stream.of(
                        "as: timestamp",
                        "as: timestamp, formats: [epoch-seconds, epoch-millis, \"d/M/uuuu H:m\"], zone: Europe/Vienna",
                        "as: date",
                        "as: number",
                        "as: number, type: \"decimal(38,10)\"",
                        "as: number, locale: de",
                        "as: boolean",
                        "as: url",
                        "as: query",
                        "as: email",
                        "as: address",
                        "as: duration",
                        "as: bytes")
                .flatMap(kind -> Stream.of(kind, kind + ", on-failure: null", kind + ", on-error: null"))
                .map(kind -> "parse: { field: v, " + kind + " }");
    }

    private static Stream<String> aggregates() {
        return Stream.of(
                        "sum(v)",
                        "avg(v)",
                        "min(v)",
                        "max(v)",
                        "distinct(v)",
                        "\"quantile(v, 0.9)\"",
                        "\"top(v, 3)\"",
                        "count(v)")
                .flatMap(aggregate -> Stream.of("tumbling: 1m", "sliding: 1h, every: 10m", "session: 1m")
                        .map(window -> "group: { id: g, key: [k], window: { " + window + " }, aggregates: { w: "
                                + aggregate + " } }"));
    }

    static List<String> adapters() {
        return Stream.concat(names("adapter ").stream().map(EXAMPLES::get), ADAPTERS.stream())
                .toList();
    }

    static List<String> verbs() {
        return names("step ");
    }

    private static List<String> names(String noun) {
        return EXAMPLES.keySet().stream().filter(name -> name.startsWith(noun)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("adapters")
    void anAdapterGivesEventsOrRejects(String text) throws Exception {
        Case example = YamlConfig.read(text, Case.class);
        try (Surrounding around = new Surrounding(Map.of(), example.files())) {
            Plan plan = PLANNER.plan(CasePipeline.of(example));
            List<byte[]> records = new ArrayList<>();
            for (Records of : CaseInput.of(example, plan, Path.of("")).get("")) {
                of.forEach(record -> records.add(record.data()));
            }
            assertThat(failures(plan, records)).as(text).isEmpty();
        }
    }

    private static Set<String> failures(Plan plan, List<byte[]> records) throws Exception {
        Random random = new Random(SEED);
        HostileBytes hostile = new HostileBytes(random);
        Checked checked = new Checked(plan.input().adapter().schema());
        Peek peek = plan.peek(plan.input());
        EventReader reader = plan.input().reader();
        peek.open();
        reader.open();
        Set<String> failures = new LinkedHashSet<>();
        for (int i = 0; i < RECORDS && failures.size() < MOST_FAILURES; i++) {
            byte[] data = hostile.damaged(records.get(random.nextInt(records.size())));
            try {
                Position position = new Position("s", "0", Integer.toString(i), Events.ARRIVAL);
                KeyedRecord keyed = peek.peek(new SourceRecord(position, "", data));
                reader.read(keyed, checked);
            } catch (Exception | StackOverflowError | AssertionError e) {
                failures.add(trace(e) + " of base64:" + Base64.getEncoder().encodeToString(shortened(data)));
            }
        }
        reader.close();
        peek.close();
        return failures;
    }

    private static byte[] shortened(byte[] data) {
        return Arrays.copyOf(data, Math.min(data.length, 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("verbs")
    void aVerbGivesAnEventOrAReject(String name) throws Exception {
        Case example = YamlConfig.read(EXAMPLES.get(name), Case.class);
        try (Surrounding around = new Surrounding(Map.of(), example.files())) {
            Plan plan = PLANNER.plan(CasePipeline.of(example));
            assertThat(failures(plan, EVENTS)).as(name).isEmpty();
        }
    }

    static List<String> types() {
        return TYPES;
    }

    /** What is planned runs: a mistake that the planner lets pass would stop the job at its first event. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void whatIsPlannedForATypeRuns(String type) throws Exception {
        Set<String> failures = new LinkedHashSet<>();
        int planned = 0;
        for (String step : STEPS) {
            String text = "step: { " + step + " }\nfields: { v: " + quoted(type)
                    + ", k: string, at: timestamp }\ntime: at\ninput: {}\n";
            Plan plan;
            try {
                plan = PLANNER.plan(CasePipeline.of(YamlConfig.read(text, Case.class)));
            } catch (InvalidPipelineException doesNotFit) {
                continue;
            } catch (RuntimeException e) {
                failures.add("planning " + step + " for " + type + ": " + trace(e));
                continue;
            }
            planned++;
            failures(plan, EVENTS_OF_A_TYPE).forEach(failure -> failures.add(step + " for " + type + ": " + failure));
        }
        assertThat(failures).as(type).isEmpty();
        assertThat(planned).as(type).isGreaterThan(5);
    }

    private static String quoted(String type) {
        return type.startsWith("{") || type.startsWith("[")
                ? type.replaceAll("decimal\\(5,1\\)\\?", "\"$0\"")
                : '"' + type + '"';
    }

    private static Set<String> failures(Plan plan, int events) throws Exception {
        Set<String> failures = new LinkedHashSet<>();
        Random random = new Random(SEED);
        ExtremeValues extreme = new ExtremeValues(random);
        for (Plan.Leg leg : plan.trunk().legs()) {
            Schema input = plan.trunk().input();
            for (PlannedStep planned : leg.steps()) {
                if (planned.step() instanceof JoinStep || planned.step() instanceof AsyncStep) {
                    return failures;
                }
                try (StepDriver driver = new StepDriver(input, planned)) {
                    Checked checked = new Checked(planned.output());
                    for (int i = 0; i < events && failures.size() < MOST_FAILURES; i++) {
                        Object[] values = extreme.values(input);
                        try {
                            driver.run(event(i, random, values), checked::event);
                        } catch (RejectedEventException e) {
                            assertThat(e.reason()).isNotBlank();
                            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(4_000);
                        } catch (Exception | StackOverflowError | AssertionError e) {
                            failures.add(trace(e) + " of " + shortened(Arrays.deepToString(values)));
                        }
                    }
                    driver.end(checked::event);
                }
                input = planned.output();
            }
        }
        return failures;
    }

    private static Event event(int number, Random random, Object[] values) {
        long time = Events.ARRIVAL + random.nextInt(600_000) - 300_000;
        SourceRecord record =
                new SourceRecord(new Position("s", "0", Integer.toString(number), Events.ARRIVAL), "", new byte[] {1});
        return new Event(new Header("acme", "id-" + number / 2, time, null, record), "", values);
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private static String trace(Throwable failure) {
        StringBuilder text = new StringBuilder(shortened(failure.toString()));
        Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.datamill"))
                .limit(4)
                .forEach(frame -> text.append(" <- ").append(frame));
        return text.toString();
    }

    /** Looks at each event as what comes behind a step does: it goes over the wire, and into JSON. */
    private static final class Checked implements EventReader.Output {
        private final Schema schema;
        private final EventSerializer serializer;
        private final JsonLines lines;
        private final DataOutputSerializer out = new DataOutputSerializer(256);

        Checked(Schema schema) {
            this.schema = schema;
            this.serializer = new EventSerializer(schema);
            this.lines = new JsonLines(schema);
        }

        @Override
        public void event(Event event) {
            assertThat(event.values()).hasSize(schema.getFields().size());
            for (Schema.Field field : schema.getFields()) {
                Object value = event.values()[field.pos()];
                if (!GenericData.get().validate(field.schema(), value) || brokenPair(value)) {
                    throw new AssertionError(
                            field.name() + " is no " + field.schema() + ": " + shortened(String.valueOf(value)));
                }
            }
            try {
                out.clear();
                serializer.serialize(event, out);
                serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
                JSON.readTree(lines.outcome(event));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Half a surrogate pair has no bytes in UTF-8. */
        private static boolean brokenPair(Object value) {
            return value != null && !StandardCharsets.UTF_8.newEncoder().canEncode(String.valueOf(value));
        }

        @Override
        public void reject(SourceRecord part, RejectedEventException cause) {
            assertThat(cause.reason()).isNotBlank();
            assertThat(cause.getMessage()).isNotBlank().hasSizeLessThan(4_000);
        }
    }
}
