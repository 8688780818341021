package io.datamill.step.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.datamill.event.RejectedEventException;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.pipeline.YamlAdapter.Part;
import io.datamill.step.adapter.Adapter;
import io.datamill.testing.Events;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    private static final String ALL =
            """
            json:
              fields:
                i: int
                l: long
                d: double
                n: decimal(10,2)
                s: string
                b: bytes
                yes: boolean
                at: timestamp
                day: date
                kind: enum(a,b)
                tags: array<string?>
                counts: map<long>
                geo: { country: string, city: string? }
                items: [ { id: int, price: "decimal(6,2)?" } ]
                none: string?
            """;

    private static final String ALL_VALUES =
            """
            {"i":-5,"l":9223372036854775807,"d":1e3,"n":12.5,"s":"né\\u00e9\\ud83d\\ude00","b":"AQI=","yes":true,
             "at":"2026-01-31T12:00:00Z","day":"2026-01-31","kind":"b","tags":["x",null],"counts":{"a":1,"b":2},
             "geo":{"country":"AT","more":[{}]},"items":[{"id":1,"price":1.10},{"id":2}],"other":{"deep":[1,{"a":[]}]}}
            """;

    @Test
    void readsEveryType() throws Exception {
        YamlAdapter json = new YamlAdapter(ALL);
        assertThat(json.problems()).isEmpty();
        Map<String, Object> event = json.event(ALL_VALUES);
        assertThat(event)
                .contains(
                        entry("i", -5),
                        entry("l", Long.MAX_VALUE),
                        entry("d", 1000.0),
                        entry("s", "néé😀"),
                        entry("b", ByteBuffer.wrap(new byte[] {1, 2})),
                        entry("yes", true),
                        entry("at", Instant.parse("2026-01-31T12:00:00Z").toEpochMilli()),
                        entry("day", (int) LocalDate.of(2026, 1, 31).toEpochDay()),
                        entry("tags", Arrays.asList("x", null)),
                        entry("counts", Map.of("a", 1L, "b", 2L)),
                        entry("none", null));
        assertThat(event.get("kind")).hasToString("b");
        assertThat(decimal(event.get("n"))).isEqualTo(new BigDecimal("12.50"));
        GenericRecord geo = (GenericRecord) event.get("geo");
        assertThat(geo.get("country")).isEqualTo("AT");
        assertThat(geo.get("city")).isNull();
        List<?> items = (List<?>) event.get("items");
        assertThat(decimal(((GenericRecord) items.get(0)).get("price"))).isEqualTo(new BigDecimal("1.10"));
        assertThat(((GenericRecord) items.get(1)).get("id")).isEqualTo(2);
        assertThat(json.event(ALL_VALUES)).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | 5.0 | WRONG_TYPE | a is 5.0, expected int",
                "int | \"5\" | WRONG_TYPE | a is the string '5', expected int",
                "int | 2147483648 | OUT_OF_RANGE | a is 2147483648, which does not fit in int",
                "int | null | MISSING_FIELD | a is null, expected a value",
                "long | 9223372036854775808 | OUT_OF_RANGE | a is 9223372036854775808, which does not fit in long",
                "long | 1e3 | WRONG_TYPE | a is 1e3, expected long",
                "double | 1e309 | OUT_OF_RANGE | a is '1e309', which does not fit in double",
                "double | 1e999999999999 | OUT_OF_RANGE | a is '1e999999999999', which does not fit in double",
                "double | true | WRONG_TYPE | a is true, expected double",
                "'decimal(4,2)' | 1.005 | OUT_OF_RANGE | a is '1.005', which does not fit in decimal(4,2)",
                "'decimal(4,2)' | \"1\" | WRONG_TYPE | a is the string '1', expected decimal(4,2)",
                "string | 5 | WRONG_TYPE | a is 5, expected string",
                "string | [1] | WRONG_TYPE | a is an array, expected string",
                "string | \"x\\ud800\" | MALFORMED_TEXT | a is 'x\\ud800', with half a surrogate pair at 1",
                "boolean | \"true\" | WRONG_TYPE | a is the string 'true', expected boolean",
                "timestamp | \"12 o'clock\" | WRONG_TYPE | a is '12 o'clock', expected a time such as 2026-01-31T12:00:00Z",
                "timestamp | 1.5 | WRONG_TYPE | a is 1.5, expected a time such as 2026-01-31T12:00:00Z or milliseconds since 1970",
                "timestamp | 9223372036854775808 | OUT_OF_RANGE | a is 9223372036854775808, which does not fit in timestamp",
                "'timestamp[epoch-seconds]' | \"1\" | WRONG_TYPE | a is the string '1', expected seconds since 1970",
                "'timestamp[yyyy-MM-dd]' | 1 | WRONG_TYPE | a is 1, expected a time such as 2026-01-31 (yyyy-MM-dd)",
                "date | 5 | WRONG_TYPE | a is 5, expected a date in a string",
                "'enum(x,y)' | \"z\" | WRONG_TYPE | a is 'z', expected one of x, y",
                "bytes | \"*\" | WRONG_TYPE | a is '*', expected bytes in base64",
                "array<int> | {} | WRONG_TYPE | a is an object, expected an array",
                "array<int> | [1,\"2\"] | WRONG_TYPE | a[] is the string '2', expected int",
                "map<int> | [] | WRONG_TYPE | a is an array, expected an object",
                "map<int> | {\"k\":{}} | WRONG_TYPE | a{} is an object, expected int",
                "map<int> | {\"k\":1,\"k\":2} | DUPLICATE_NAME | a: 'k' is there twice",
            })
    void coercesNothing(String type, String value, String reason, String message) throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: \"" + type.replace("'", "") + "\" } }");
        assertThat(json.problems()).isEmpty();
        List<Part> parts = json.read("{\"a\":" + value + "}");
        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.reason()).isEqualTo(reason);
            assertThat(part.cause()).hasMessage(message);
        });
    }

    @Test
    void readsTimesInEveryForm() throws Exception {
        long noon = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
        assertThat(time("timestamp", noon)).isEqualTo(noon);
        assertThat(time("timestamp", "\"2026-01-31T13:00:00+01:00\"")).isEqualTo(noon);
        assertThat(time("timestamp[epoch-seconds]", noon / 1000)).isEqualTo(noon);
        assertThat(time("timestamp[epoch-seconds]", noon / 1000 + ".0625")).isEqualTo(noon + 62);
        assertThat(time("timestamp[dd.MM.yyyy HH:mm|Europe/Vienna]", "\"31.01.2026 13:00\""))
                .isEqualTo(noon);
    }

    private static Object time(String type, Object value) throws Exception {
        return new YamlAdapter("json: { fields: { a: \"" + type + "\" } }")
                .event("{\"a\":" + value + "}")
                .get("a");
    }

    @Test
    void saysWhichFieldIsMissing() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int, geo: { country: string } } }");
        assertRejected(json, "{}", "MISSING_FIELD", "a is missing, expected a value");
        assertRejected(json, "{\"a\":1,\"geo\":{}}", "MISSING_FIELD", "geo.country is missing, expected a value");
        assertRejected(json, "{\"a\":1,\"a\":1}", "DUPLICATE_NAME", "a is there twice");
    }

    @Test
    void readsMembersUnderOtherNames() throws Exception {
        YamlAdapter json = new YamlAdapter(
                """
                json:
                  fields:
                    agent: string
                    after: int?
                    before: int?
                    dotted: int
                    again: string
                    nothing: string?
                    geo: { country: string }
                    items: [ { id: int } ]
                  names:
                    agent: user-agent
                    again: user-agent
                    after: length.new
                    before: length.old
                    dotted: 'a\\.b'
                    nothing: ""
                    geo.country: '@country.iso'
                    items[].id: '#'
                """);
        assertThat(json.problems()).isEmpty();
        Map<String, Object> event = json.event(
                """
                {"user-agent":"curl","length":{"old":1,"new":2,"x":0},"a.b":3,"a":{"b":4},"nothing":"here",
                 "geo":{"@country":{"iso":"AT"}},"items":[{"#":7}]}""");
        assertThat(event)
                .contains(entry("agent", "curl"), entry("again", "curl"), entry("after", 2), entry("before", 1))
                .contains(entry("dotted", 3), entry("nothing", null));
        assertThat(((GenericRecord) event.get("geo")).get("country")).isEqualTo("AT");
        assertThat(event.get("items")).hasToString("[{\"id\": 7}]");
        String rest = ",\"a.b\":3,\"geo\":{\"@country\":{\"iso\":\"AT\"}},\"items\":[]}";
        assertThat(json.event("{\"user-agent\":\"c\"" + rest)).contains(entry("after", null));
        assertThat(json.event("{\"user-agent\":\"c\",\"length\":null" + rest)).contains(entry("after", null));
        assertRejected(
                json, "{\"user-agent\":\"c\",\"length\":5" + rest, "WRONG_TYPE", "length is 5, expected an object");
        assertRejected(
                json,
                "{\"user-agent\":\"c\",\"length\":{},\"length\":{}" + rest,
                "DUPLICATE_NAME",
                "length is there twice");
    }

    @Test
    void keepsOrRefusesOrIgnoresWhatNoFieldTakes() throws Exception {
        String record = "{\"x\":[1, {\"y\":\"\\n\"}],\"a\":1,\"b\":\"t\\\"\",\"c\":1e5,\"d\":null}";
        YamlAdapter keeping = new YamlAdapter("json: { fields: { a: int }, unknown: keep }");
        assertThat(keeping.event(record))
                .containsEntry(
                        "unknown",
                        Map.of("x", "[1, {\"y\":\"\\n\"}]", "b", "\"t\\\"\"", "c", "1e5", "d", "null"));
        assertThat(keeping.event("{\"a\":1}")).containsEntry("unknown", Map.of());
        assertRejected(keeping, "{\"a\":1,\"x\":1,\"x\":2}", "DUPLICATE_NAME", "'x' is there twice");
        YamlAdapter refusing = new YamlAdapter("json: { fields: { amount: int, geo?: { iso: string } }, unknown: refuse }");
        assertRejected(
                refusing, "{\"amuont\":1}", "UNKNOWN_FIELD", "'amuont' is no field; did you mean 'amount'?");
        assertRejected(
                refusing, "{\"amount\":1,\"geo\":{\"iso\":\"AT\",\"z\":1}}", "UNKNOWN_FIELD", "'z' is no field");
        assertThat(new YamlAdapter("json: { fields: { a: int } }").event(record)).isEqualTo(Map.of("a", 1));
    }

    @Test
    void readsSeveralEventsOfOneRecord() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int } }");
        List<String> expected = List.of("{\"a\":1}", "{ \"a\": 2 }");
        assertThat(json.read("{\"a\":1}\n{ \"a\": 2 }\r\n"))
                .extracting(Part::text)
                .isEqualTo(expected);
        assertThat(json.read(" [{\"a\":1} ,{ \"a\": 2 }]")).extracting(Part::text).isEqualTo(expected);
        assertThat(json.read("[{\"a\":1},{ \"a\": 2 }]"))
                .extracting(part -> part.fields().get("a"))
                .containsExactly(1, 2);
        assertThat(json.read("[]")).isEmpty();
    }

    @Test
    void givesTheRecordItselfWhereItHoldsOneEvent() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int } }");
        byte[] record = " [{\"a\":1}] ".getBytes(StandardCharsets.UTF_8);
        assertThat(json.read(record)).singleElement().satisfies(part -> assertThat(part.data())
                .isSameAs(record));
    }

    @Test
    void rejectsABadEventAmongGoodOnesAlone() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int, b: { c: int? }? } }".replace("b: { c: int? }?", "b?: { c: int? }"));
        List<Part> parts = json.read(
                "[{\"a\":1},{\"a\":\"x\",\"b\":{\"c\":[1,{}]},\"z\":[[]]},5,{\"b\":{\"c\":{\"d\":{}},\"e\":1},\"a\":1},{},{\"a\":2}]");
        assertThat(parts)
                .extracting(Part::reason)
                .containsExactly(null, "WRONG_TYPE", "NOT_AN_OBJECT", "WRONG_TYPE", "MISSING_FIELD", null);
        assertThat(parts.get(1).text()).isEqualTo("{\"a\":\"x\",\"b\":{\"c\":[1,{}]},\"z\":[[]]}");
        assertThat(parts.get(2).text()).isEqualTo("5");
        assertThat(parts.get(5).fields()).containsEntry("a", 2);
        for (Part part : parts) {
            assertThat(reasonAlone(json, part.data())).isEqualTo(part.reason());
        }
    }

    private static String reasonAlone(YamlAdapter json, byte[] part) {
        try {
            return json.read(part).get(0).reason();
        } catch (RejectedEventException e) {
            return e.reason();
        }
    }

    @Test
    void rejectsARecordWithMalformedJsonAsAWhole() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int } }");
        for (String record : List.of(
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1} 5",
                "{\"a\":1} [{\"a\":2}]",
                "[{\"a\":1}] {\"a\":2}",
                "[{\"a\":1}]]",
                "{\"a\":1},{\"a\":2}",
                "{\"a\":\"x\"}\n{\"a\":",
                "[{\"a\":1},{\"a\":x}]",
                "",
                " ")) {
            assertThatThrownBy(() -> json.read(record))
                    .as(record)
                    .isInstanceOfSatisfying(
                            RejectedEventException.class,
                            e -> assertThat(e.reason()).isEqualTo("MALFORMED_JSON"));
        }
        assertThatThrownBy(() -> json.read("{\"a\":1}\n{\"a\":\u0007}"))
                .hasMessageStartingWith("line 2, column ");
    }

    @Test
    void readsTheArrayInAnEnvelope() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int }, array-at: data.events }");
        assertThat(json.adapter().framing()).isEqualTo(Adapter.Framing.WHOLE);
        String record = "{\"events\":[9],\"data\":{\"n\":[{}],\"events\":[{\"a\":1},{\"a\":\"x\"},{\"a\":3}]},\"z\":{}}";
        List<Part> parts = json.read(record);
        assertThat(parts).extracting(Part::reason).containsExactly(null, "WRONG_TYPE", null);
        assertThat(parts.get(2).text()).isEqualTo("{\"data\":{\"events\":[{\"a\":3}]}}");
        assertThat(json.read(parts.get(2).data()).get(0).fields()).containsEntry("a", 3);
        assertWhole(json, "{\"data\":{}}", "MISSING_FIELD", "data.events is missing or null, expected an array of events");
        assertWhole(json, "{\"data\":null}", "MISSING_FIELD", "data.events is missing");
        assertWhole(json, "{\"data\":{\"events\":{}}}", "WRONG_TYPE", "data.events is an object, expected an array");
        assertWhole(json, "{\"data\":[]}", "WRONG_TYPE", "data is an array, expected an object");
        assertWhole(json, "[{\"a\":1}]", "NOT_AN_OBJECT", "the record is an array, expected an object");
        assertWhole(json, "{\"data\":{\"events\":[]},\"data\":{\"events\":[]}}", "DUPLICATE_NAME", "data is there twice");
        assertWhole(json, "{\"data\":{\"events\":[{\"a\":1}]}", "MALFORMED_JSON", "");
    }

    @Test
    void readsGzipAndOtherCharsets() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: string } }");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"a\":\"é\"}\n{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8));
        }
        List<Part> parts = json.read(out.toByteArray());
        assertThat(parts).extracting(Part::text).containsExactly("{\"a\":\"é\"}", "{\"a\":\"b\"}");
        YamlAdapter latin = new YamlAdapter("json: { fields: { a: string }, charset: iso-8859-1 }");
        byte[] record = "{\"a\":\"é\"} {\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(latin.read(record).get(1).data()).isEqualTo("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> json.read(record))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo("MALFORMED_TEXT"));
    }

    @Test
    void tellsFormsApart() throws Exception {
        YamlAdapter json = new YamlAdapter(
                """
                json:
                  fields: { at: timestamp, page: string, kind: "enum(edit,log)", size: int? }
                  form-as: form
                  forms:
                    monitor: { when: [page_title, ns], names: { page: page_title }, values: { kind: edit } }
                    stream:
                      when: [ "$schema" ]
                      names: { page: title, size: length.new, kind: type }
                      formats: { at: epoch-seconds }
                """);
        assertThat(json.problems()).isEmpty();
        List<Part> parts = json.read(
                """
                {"page_title":"A","ns":null,"at":1000,"size":7}
                {"type":"log","title":"B","length":{"new":5},"at":1000,"$schema":"x"}
                {"page_title":"A","at":1000}
                """);
        assertThat(parts.get(0).fields()).contains(entry("page", "A"), entry("at", 1000L), entry("form", "monitor"));
        assertThat(parts.get(0).fields().get("kind")).hasToString("edit");
        assertThat(parts.get(1).fields())
                .contains(entry("page", "B"), entry("at", 1_000_000L), entry("form", "stream"), entry("size", 5));
        assertThat(parts.get(2).reason()).isEqualTo("UNKNOWN_FORM");
        assertThat(parts.get(2).cause())
                .hasMessage("the object has the members of no form, expected one of"
                        + " monitor (with page_title and ns), stream (with $schema)");
    }

    @Test
    void givesTheProjectedFieldsOnly() throws Exception {
        Adapter all = new YamlAdapter(ALL.stripTrailing() + "\n  unknown: refuse\n").adapter();
        Adapter some = all.projected(List.of("s", "i"));
        assertThat(some.schema().getFields()).extracting(Schema.Field::name).containsExactly("i", "s");
        some.open();
        List<Object[]> events = new ArrayList<>();
        some.read(
                Events.record("{\"s\":\"x\",\"l\":\"wrong\",\"more\":1,\"i\":2}".getBytes(StandardCharsets.UTF_8)),
                new Adapter.Output() {
                    @Override
                    public void event(Object[] values, UUID writerSchema, byte[] part) {
                        events.add(values);
                    }

                    @Override
                    public void reject(RejectedEventException cause, byte[] part) {
                        throw new AssertionError(cause);
                    }
                });
        assertThat(events).containsExactly(new Object[] {2, "x"});
        assertThat(some.peekable()).isFalse();
    }

    @Test
    void reportsEveryMistakeInTheOptions() throws Exception {
        assertThat(new YamlAdapter(
                                """
                                json:
                                  fields: { page: string, size: int, meta: map<string>, id: string, at: timestamp }
                                  names: { paeg: title, id: meta.id }
                                  form-as: page
                                  forms:
                                    a: { when: [x], names: { sise: y }, values: { nope: 1 }, formats: { att: epoch-seconds } }
                                """)
                        .problems())
                .containsExactlyInAnyOrder(
                        "form-as: there is a field 'page' already",
                        "names.paeg: no field 'paeg'; did you mean 'page'?",
                        "forms.a.names.sise: no field 'sise'; did you mean 'size'?",
                        "forms.a.values.nope: no field 'nope'",
                        "forms.a.formats.att: no field 'att'; did you mean 'at'?");
        assertThat(new YamlAdapter(
                                """
                                json:
                                  fields: { meta: map<string>, id: string, size: int, at: "timestamp[nope]", on: timestamp, e: "a..b" }
                                """)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("json.fields.e: ");
        assertThat(new YamlAdapter(
                                """
                                json:
                                  fields: { meta: map<string>, id: string, size: int, at: "timestamp[nope]", on: timestamp, e: int }
                                  names: { id: meta.id, e: "a..b" }
                                  forms:
                                    a: { when: [x], values: { size: "5" }, formats: { on: "MM.yyyy" } }
                                """)
                        .problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("forms.a.names.id: 'meta' is taken as a whole"),
                        problem -> assertThat(problem).startsWith("forms.a.names.e: 'a..b' is no path"),
                        problem -> assertThat(problem).startsWith("forms.a.values.size: '5' is no int"),
                        problem -> assertThat(problem).startsWith("fields.at: 'nope' is no format"),
                        problem -> assertThat(problem).startsWith("forms.a.formats.on: 'MM.yyyy' gives no day"));
        assertThat(new YamlAdapter("json: { fields: { a: int }, form-as: form, charset: utf-9 }").problems())
                .singleElement()
                .asString()
                .startsWith("json.charset: ");
        assertThat(new YamlAdapter("json: {}").problems()).singleElement().asString().startsWith("json.fields: ");
    }

    @Test
    void refusesWhatIsBeyondItsLimits() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: string?, n: \"decimal(5,0)?\", d: double? } }");
        assertWhole(json, "[".repeat(100_000), "JSON_BEYOND_LIMITS", "200");
        assertWhole(json, "{\"a\":\"" + "x".repeat(JsonText.LONGEST_STRING + 1) + "\"}", "JSON_BEYOND_LIMITS", "length");
        assertWhole(json, "{\"" + "x".repeat(JsonText.LONGEST_NAME + 1) + "\":1}", "JSON_BEYOND_LIMITS", "length");
        assertWhole(json, "[" + "{},".repeat(Parts.MOST) + "{}]", "JSON_BEYOND_LIMITS", "more than 100000 events");
        for (String field : List.of("n", "d")) {
            String digits = "{\"" + field + "\":1" + "0".repeat(2000) + "}";
            assertThat(reasonAlone(json, digits.getBytes(StandardCharsets.UTF_8))).isIn("JSON_BEYOND_LIMITS", "OUT_OF_RANGE");
        }
    }

    /** The table of names that the parser keeps is bounded, and a full one ends nothing. */
    @Test
    void readsNoEndOfDifferentNames() throws Exception {
        YamlAdapter json = new YamlAdapter("json: { fields: { a: int } }");
        for (int i = 0; i < 200; i++) {
            StringBuilder record = new StringBuilder("{\"a\":1");
            for (int j = 0; j < 100; j++) {
                record.append(",\"").append("AaBB".repeat(j % 7)).append("BBAa".repeat(j % 5)).append(i * 100 + j).append("\":0");
            }
            assertThat(json.event(record.append('}').toString())).containsEntry("a", 1);
        }
    }

    @Test
    void rejectsEveryTruncationOfARecordOrReadsIt() throws Exception {
        YamlAdapter json = new YamlAdapter(ALL.stripTrailing() + "\n  unknown: keep\n");
        byte[] record = ALL_VALUES.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < record.length; length++) {
            byte[] truncated = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> json.read(truncated)).isInstanceOf(RejectedEventException.class);
        }
        for (int i = 0; i < record.length; i++) {
            for (byte other : new byte[] {0, '"', '{', ']', ',', '\\', '9', (byte) 0xc3}) {
                byte[] changed = record.clone();
                changed[i] = other;
                reasonAlone(json, changed); // Whatever it is, nothing but a reject is thrown.
            }
        }
    }

    private static BigDecimal decimal(Object value) {
        return new BigDecimal(new BigInteger(((ByteBuffer) value).array()), 2);
    }

    private static void assertRejected(YamlAdapter json, String record, String reason, String message)
            throws RejectedEventException {
        assertThat(json.read(record)).singleElement().satisfies(part -> {
            assertThat(part.reason()).isEqualTo(reason);
            assertThat(part.cause()).hasMessage(message);
        });
    }

    private static void assertWhole(YamlAdapter json, String record, String reason, String message) {
        assertThatThrownBy(() -> json.read(record)).isInstanceOfSatisfying(RejectedEventException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(message);
        });
    }
}
