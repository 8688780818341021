package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.cli.local.LocalRun;
import io.datamill.event.Fate;
import io.datamill.pipeline.RandomPipeline.PlainEvent;
import io.datamill.step.StepConfig;
import io.datamill.testing.Events;
import io.datamill.testing.LocalRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts are right whatever the steps: pipelines by chance against a plain computation. */
class RandomPipelinesTest {
    private static final int PIPELINES = Integer.getInteger("datamill.random.pipelines", 12);
    private static final long SEED = Long.getLong("datamill.random.seed", 20261);
    private static final Schema ROW = new Schema.Parser().parse("""
            {"type": "record", "name": "Row", "namespace": "test", "fields": [
              {"name": "id", "type": "string"}, {"name": "org", "type": "string"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "k", "type": ["null", "string"]}, {"name": "n", "type": "int"}, {"name": "b", "type": "boolean"},
              {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["x", "y"]}},
              {"name": "d", "type": {"type": "int", "logicalType": "date"}},
              {"name": "tags", "type": {"type": "array", "items": "string"}}]}
            """);
    private static final Catalog CATALOG = catalog();
    private static LocalRun flink;

    @BeforeAll
    static void start() throws Exception {
        flink = LocalRun.start();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
    }

    private static Catalog catalog() {
        Map<String, Class<? extends StepConfig>> verbs = new HashMap<>(Catalog.STANDARD.verbs());
        verbs.put("wait", WaitingStep.Config.class);
        return new Catalog(Catalog.STANDARD.adapters(), verbs, Catalog.STANDARD.sinks(), Catalog.STANDARD.rejects());
    }

    @Test
    void recordsOfManyEvents() throws Exception {
        String head = """
                pipeline: random
                adapter: { json: { fields: { id: string, org: string, at: timestamp, k: string?, n: int, b: boolean,
                  e: "enum(x,y)", d: date, tags: array<string> } } }
                event: { id: id, time: at, tenant: org }
                steps:
                """;
        for (int i = 0; i < PIPELINES; i++) {
            Random random = new Random(SEED + i);
            List<PlainEvent> events = events(random);
            List<byte[]> records = new ArrayList<>();
            for (int at = 0; at < events.size(); ) {
                int many = Math.min(random.nextInt(4), events.size() - at);
                records.add(events.subList(at, at + many).stream()
                        .map(RandomPipelinesTest::json)
                        .collect(Collectors.joining(",", "[", "]"))
                        .getBytes(StandardCharsets.UTF_8));
                at += many;
            }
            RandomPipeline pipeline = new RandomPipeline(random, events);
            long empty = records.stream().filter(record -> record.length == 2).count();
            pipeline.count(Fate.IN, empty + 1);
            pipeline.count(Fate.FILTERED, empty);
            records.add("{".getBytes(StandardCharsets.UTF_8));
            pipeline.count(Fate.REJECTED, 1);
            assertAsComputed(head, pipeline, random, records);
        }
    }

    @Test
    void recordsWhoseKeyIsPeeked(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("row.avsc"), ROW.toString());
        String head = "pipeline: random\nadapter: { avro: { framing: bare, file: \"" + file
                + "\" } }\nevent: { id: id, time: at, tenant: org }\nsteps:\n";
        for (int i = 0; i < PIPELINES; i++) {
            Random random = new Random(SEED + 1000 + i);
            List<PlainEvent> events = events(random);
            List<byte[]> records = new ArrayList<>();
            for (PlainEvent event : events) {
                records.add(avro(event));
            }
            RandomPipeline pipeline = new RandomPipeline(random, events);
            pipeline.count(Fate.IN, 1);
            pipeline.count(Fate.REJECTED, 1);
            records.add(new byte[] {1});
            assertAsComputed(head, pipeline, random, records);
        }
    }

    private static void assertAsComputed(String head, RandomPipeline pipeline, Random random, List<byte[]> records)
            throws Exception {
        for (int steps = 1 + random.nextInt(7); steps > 0 || pipeline.yaml().isEmpty(); steps--) {
            pipeline.step();
        }
        String branch = """
                branches:
                  some: { when: "'a' != 'b'", sinks: [ { kinesis: { stream: s } } ] }
                """;
        String yaml = head + pipeline.yaml() + (random.nextBoolean() ? branch : "");
        Plan plan = new Planner(CATALOG).trial().plan(yaml);

        LocalRuns.Result result = LocalRuns.run(flink, plan, Map.of("", records), Events.ARRIVAL);

        assertThat(new Schema.Parser().parse(plan.outcome().toString()))
                .as(yaml)
                .isEqualTo(plan.outcome());
        assertThat(result.summary().isBalanced()).as(yaml).isTrue();
        assertThat(result.summary().fates()).as(yaml).isEqualTo(pipeline.fates());
        assertSame(yaml, result, pipeline.events(), pipeline.fixed());
        for (String field : pipeline.loose()) {
            assertSame(yaml, result, pipeline.events(), Set.of(field));
        }
        if (!plan.branches().isEmpty()) {
            assertThat(result.of("some")).as(yaml).hasSameSizeAs(pipeline.events());
        }
    }

    private static void assertSame(String yaml, LocalRuns.Result result, List<PlainEvent> events, Set<String> fields) {
        assertThat(result.outcomes().getOrDefault("", List.of()))
                .as(yaml)
                .extracting(outcome -> text(outcome, fields))
                .containsExactlyInAnyOrderElementsOf(events.stream()
                        .map(event -> {
                            Map<String, Object> values = new TreeMap<>(event.values());
                            values.keySet().retainAll(fields);
                            return values.toString();
                        })
                        .toList());
    }

    private static List<PlainEvent> events(Random random) {
        List<PlainEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (i > 0 && random.nextInt(5) == 0) {
                events.add(events.get(random.nextInt(events.size())));
                continue;
            }
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("k", random.nextInt(5) == 0 ? null : "k" + random.nextInt(3));
            values.put("n", random.nextInt(4));
            values.put("b", random.nextBoolean());
            values.put("e", random.nextBoolean() ? "x" : "y");
            values.put("d", LocalDate.of(2026, 1, 1 + random.nextInt(2)).toString());
            values.put("tags", List.of("s", "t", "u").subList(0, random.nextInt(4)));
            events.add(new PlainEvent("org" + random.nextInt(2), "m" + i, Events.ARRIVAL - 1000 + i, values));
        }
        return events;
    }

    private static String text(JsonNode outcome, Iterable<String> fields) {
        Map<String, Object> values = new TreeMap<>();
        for (String field : fields) {
            JsonNode value = outcome.get(field);
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(element.asText()));
            values.put(field, value.isNull() ? null : value.isArray() ? elements : value.asText());
        }
        return values.toString();
    }

    private static String json(PlainEvent event) {
        String values = event.values().entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + json(entry.getValue()))
                .collect(Collectors.joining(","));
        return "{\"id\":\"" + event.id() + "\",\"org\":\"" + event.tenant() + "\",\"at\":\""
                + Instant.ofEpochMilli(event.time()) + "\"," + values + '}';
    }

    private static String json(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(RandomPipelinesTest::json).collect(Collectors.joining(",", "[", "]"))
                : value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    private static byte[] avro(PlainEvent event) throws IOException {
        GenericData.Record row = new GenericData.Record(ROW);
        event.values().forEach(row::put);
        row.put("id", event.id());
        row.put("org", event.tenant());
        row.put("at", event.time());
        row.put(
                "e",
                new GenericData.EnumSymbol(
                        ROW.getField("e").schema(), event.values().get("e")));
        row.put("d", (int) LocalDate.parse((String) event.values().get("d")).toEpochDay());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(ROW).write(row, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
