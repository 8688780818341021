package io.datamill.step.adapter.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.pipeline.YamlAdapter.Part;
import io.datamill.schema.SharedData;
import io.datamill.step.adapter.Adapter.Framing;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void findsColumnsByTheirNamesInAnyOrder() throws Exception {
        YamlAdapter csv = new YamlAdapter(
                "csv: { columns: { id: int, name: string, gone: long? }, names: { name: 'Full Name' } }");
        assertThat(csv.read("Full Name,other,id\r\nAnn,x,1\r\nBob,y,2\r\n"))
                .extracting(Part::fields)
                .containsExactly(fields("id", 1, "name", "Ann", "gone", null), fields("id", 2, "name", "Bob", "gone", null));
        assertThat(csv.read("id,Full Name\n3,Cy").get(0).fields()).containsEntry("id", 3);
        assertThat(csv.read("id,Full Name\n")).isEmpty();
    }

    @Test
    void rejectsAHeaderThatCannotBe() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { id: int, name: string? } }");
        assertWhole(csv, "name\nAnn", "MISSING_FIELD", "column 'id' is missing; the header is 'name'");
        assertWhole(csv, "id,id\n1,2", "DUPLICATE_NAME", "column 'id' is there twice");
        assertWhole(csv, "id,x,x\n1,2,3", "DUPLICATE_NAME", "column 'x' is there twice");
        assertWhole(csv, "", "MALFORMED_TABLE", "no row in the record, expected a header");
        assertWhole(csv, "\n\n", "MALFORMED_TABLE", "no row");
        assertThat(csv.read("id,,\n1,2,3").get(0).fields()).containsEntry("id", 1);
    }

    @Test
    void goesByTheOrderOfColumnsWithoutAHeader() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { id: int, name: string }, header: false }");
        assertThat(csv.read("1,Ann\n2,Bob"))
                .extracting(Part::fields)
                .containsExactly(fields("id", 1, "name", "Ann"), fields("id", 2, "name", "Bob"));
        assertWhole(csv, "", "MALFORMED_TABLE", "no row in the record, expected one or more");
        assertThat(csv.adapter().framing()).isEqualTo(Framing.ROWS);
        assertThat(csv.adapter().peekable()).isFalse();
    }

    @Test
    void readsEveryType() throws Exception {
        YamlAdapter csv = new YamlAdapter(
                """
                csv:
                  header: false
                  columns:
                    i: int
                    l: long?
                    d: double
                    n: decimal(10,2)
                    s: string
                    yes: boolean
                    at: timestamp
                    seen: timestamp[epoch-seconds]
                    day: date[dd.MM.yyyy]
                    kind: enum(a,b)
                    b: bytes
                """);
        assertThat(csv.problems()).isEmpty();
        Map<String, Object> event =
                csv.event("1,-2,1.5,\"3.1\",\"a,\"\"b\"\"\r\nc\",true,2026-01-31T12:00:00Z,1785499200,31.01.2026,b,AQI=");
        assertThat(event)
                .containsEntry("i", 1)
                .containsEntry("l", -2L)
                .containsEntry("d", 1.5)
                .containsEntry("s", "a,\"b\"\r\nc")
                .containsEntry("yes", true)
                .containsEntry("at", Instant.parse("2026-01-31T12:00:00Z").toEpochMilli())
                .containsEntry("seen", Instant.parse("2026-07-31T12:00:00Z").toEpochMilli())
                .containsEntry("day", (int) LocalDate.of(2026, 1, 31).toEpochDay());
        assertThat(event.get("kind")).hasToString("b");
        assertThat(new BigDecimal(new BigInteger(((ByteBuffer) event.get("n")).array()), 2))
                .isEqualTo(new BigDecimal("3.10"));
    }

    @Test
    void tellsNullFromTheEmptyString() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { a: string?, b: string, c: int? }, header: false }");
        assertThat(csv.event(",,")).isEqualTo(fields("a", null, "b", "", "c", null));
        assertThat(csv.event("\"\",\"\",1")).isEqualTo(fields("a", "", "b", "", "c", 1));
        assertRejected(csv, ",,\"\"", "WRONG_TYPE", "c is '', expected int");
        YamlAdapter marked = new YamlAdapter(
                "csv: { columns: { a: string?, b: string, c: int? }, header: false, null-marker: '\\N' }");
        assertThat(marked.event("\\N,,\\N")).isEqualTo(fields("a", null, "b", "", "c", null));
        assertThat(marked.event("\"\\N\",x,1")).isEqualTo(fields("a", "\\N", "b", "x", "c", 1));
        assertThat(marked.event(",x,1")).containsEntry("a", "");
        assertRejected(marked, "x,\\N,1", "MISSING_FIELD", "b is null, expected a value");
        YamlAdapter required = new YamlAdapter("csv: { columns: { a: int, b: int }, header: false }");
        assertRejected(required, "1,", "MISSING_FIELD", "b is null, expected a value");
    }

    @Test
    void rejectsARowOfAnotherLengthAlone() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { id: int, name: string? } }");
        List<Part> parts = csv.read("id,name\n1,a\n2\n3,c,\nx,d\n\n4,\"e\n\"\"e\"\n");
        assertThat(parts)
                .extracting(Part::reason)
                .containsExactly(null, "ROW_LENGTH", "ROW_LENGTH", "WRONG_TYPE", null);
        assertThat(parts.get(1).cause()).hasMessage("the row has 1 fields, expected 2");
        assertThat(parts.get(2).text()).isEqualTo("id,name\n3,c,\n");
        assertThat(parts.get(4).text()).isEqualTo("id,name\n4,\"e\n\"\"e\"\n");
        for (Part part : parts) {
            assertThat(csv.read(part.data())).singleElement().satisfies(again -> {
                assertThat(again.fields()).isEqualTo(part.fields());
                assertThat(again.reason()).isEqualTo(part.reason());
            });
        }
    }

    @Test
    void fillsShortRowsWhereItIsToldTo() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { id: int, name: string?, n: int? }, ragged: fill }");
        assertThat(csv.event("id,name,n\n1")).isEqualTo(fields("id", 1, "name", null, "n", null));
        assertRejected(csv, "id,name,n\n1,a,2,x", "ROW_LENGTH", "the row has 4 fields, expected 3");
        assertRejected(csv, "name,id,n\na", "MISSING_FIELD", "id is null, expected a value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,name\n1,\"a",
                "id,name\n1,\"a\n2,b\n",
                "id,name\n1,a\n2,\"b\"\"",
                "id,name\n1,\"a\"b\n2,c",
                "id,name\n1,\"a\" \n",
                "id,\"name\n1,a\n"
            })
    void rejectsARecordWithABrokenQuoteAsAWhole(String record) throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { id: int, name: string? } }");
        assertWhole(csv, record, "MALFORMED_TABLE", "");
    }

    @Test
    void takesAQuoteWithinAnUnquotedFieldAsItIs() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { a: string }, header: false }");
        assertThat(csv.event("5\" x 3\"")).containsEntry("a", "5\" x 3\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsLinesThatEndInAnyWay(String end) throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { a: int, b: string? } }");
        String record = "a,b" + end + end + "1,x" + end + "\r\n\n2," + end + "3,\"y" + end + "\"";
        assertThat(csv.read(record))
                .extracting(Part::fields)
                .containsExactly(fields("a", 1, "b", "x"), fields("a", 2, "b", null), fields("a", 3, "b", "y" + end));
    }

    @Test
    void readsAByteOrderMarkGzipAndOtherCharsets() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { a: string } }");
        assertThat(csv.event("\uFEFFa\nx")).containsEntry("a", "x");
        assertThat(csv.event("\uFEFF\"a\"\nx")).containsEntry("a", "x");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("a\nx\ny".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(csv.read(out.toByteArray())).extracting(Part::text).containsExactly("a\nx\n", "a\ny\n");
        YamlAdapter latin = new YamlAdapter("csv: { columns: { a: string }, charset: windows-1252 }");
        List<Part> parts = latin.read("a\n€\né".getBytes("windows-1252"));
        assertThat(parts.get(0).fields()).containsEntry("a", "€");
        assertThat(parts.get(1).data()).isEqualTo("a\né\n".getBytes("windows-1252"));
        assertWhole(csv, "a\n\uD800".getBytes(StandardCharsets.UTF_16BE), "MALFORMED_TEXT", "offset 4");
    }

    @Test
    void readsOtherDelimitersAndQuotes() throws Exception {
        YamlAdapter csv = new YamlAdapter(
                "csv: { columns: { a: string, b: string }, header: false, delimiter: ';', quote: \"'\" }");
        assertThat(csv.event("'x;''y''';\"z")).isEqualTo(fields("a", "x;'y'", "b", "\"z"));
        assertThat(csv.adapter().framing()).isEqualTo(Framing.WHOLE);
        YamlAdapter bare = new YamlAdapter("csv: { columns: { a: string, b: string }, quote: '' }");
        assertThat(bare.event("a,b\n\"x,y\"")).isEqualTo(fields("a", "\"x", "b", "y\""));
        assertThat(bare.adapter().framing()).isEqualTo(Framing.HEADED_LINES);
    }

    @Test
    void readsTabSeparatedValues() throws Exception {
        YamlAdapter tsv = new YamlAdapter("tsv: { columns: { b: string?, a: string } }");
        List<Part> parts = tsv.read("a\tb\r\n\"x\t\r\n\n\ty,z\"\rw\n");
        assertThat(parts).extracting(Part::reason).containsExactly(null, null, "ROW_LENGTH");
        assertThat(parts.get(0).fields()).isEqualTo(fields("a", "\"x", "b", null));
        assertThat(parts.get(1).fields()).isEqualTo(fields("a", "", "b", "y,z\""));
        assertThat(parts.get(0).text()).isEqualTo("a\tb\n\"x\t\n");
        YamlAdapter quoting = new YamlAdapter("tsv: { columns: { a: string }, header: false, quote: '\"' }");
        assertThat(quoting.event("\"x\ty\"")).containsEntry("a", "x\ty");
        assertThat(quoting.adapter().framing()).isEqualTo(Framing.ROWS);
        assertThat(new YamlAdapter("tsv: { columns: { a: string }, header: false }").adapter().framing())
                .isEqualTo(Framing.LINES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv: {} | csv.columns: is missing",
                "csv: { columns: { a: 'array<int>' } } | columns.a: text is no array<int>",
                "csv: { columns: { a: { b: int } } } | columns.a: text is no {b: int}",
                "csv: { columns: { a: 'timestamp[b]' } } | columns.a: 'b' is no format",
                "csv: { columns: { size: int }, names: { sise: b } } | names.sise: no column 'sise'; did you mean 'size'?",
                "csv: { columns: { a: int }, names: { a: b }, header: false } | csv.names: is of no use",
                "csv: { columns: { a: int }, delimiter: ab } | csv.delimiter: is 'ab', expected one character",
                "csv: { columns: { a: int }, quote: '\"', delimiter: '\"' } | csv.quote: is the delimiter",
                "csv: { columns: { a: int }, charset: nope } | csv.charset: is 'nope'",
                "tsv: { columns: { a: int }, quote: \"\\n\" } | tsv.quote: is"
            })
    void reportsAMistakeInTheOptions(String yaml, String problem) throws Exception {
        assertThat(new YamlAdapter(yaml).problems()).singleElement().asString().startsWith(problem);
    }

    @Test
    void givesTheProjectedFieldsOnly() throws Exception {
        var some = new YamlAdapter("csv: { columns: { a: int, b: string, c: int }, header: false }")
                .adapter()
                .projected(List.of("c", "b"));
        assertThat(some.schema().getFields()).extracting(Schema.Field::name).containsExactly("b", "c");
        some.open();
        var record = io.datamill.testing.Events.record("x,y,3".getBytes(StandardCharsets.UTF_8));
        Object[][] read = new Object[1][];
        some.read(record, new io.datamill.step.adapter.Adapter.Output() {
            @Override
            public void event(Object[] values, java.util.UUID writerSchema, byte[] part) {
                assertThat(part).isSameAs(record.data());
                read[0] = values;
            }

            @Override
            public void reject(RejectedEventException cause, byte[] part) {
                throw new AssertionError(cause);
            }
        });
        assertThat(read[0]).containsExactly("y", 3);
    }

    @Test
    void refusesMoreThanItTakes() throws Exception {
        YamlAdapter csv = new YamlAdapter("csv: { columns: { a: int? }, header: false }");
        assertWhole(csv, "1\n".repeat(RowReader.MOST_ROWS + 1), "MALFORMED_TABLE", "more than 100000 rows");
        assertWhole(csv, ",".repeat(RowReader.MOST_FIELDS), "MALFORMED_TABLE", "more than 4096 fields");
        YamlAdapter tsv = new YamlAdapter("tsv: { columns: { a: int? }, header: false }");
        assertWhole(tsv, "\t".repeat(RowReader.MOST_FIELDS), "MALFORMED_TABLE", "more than 4096 fields");
    }

    @Test
    void throwsNothingButRejectsForTruncatedOrChangedRecords() throws Exception {
        byte[] record = "id,name\r\n1,\"a,\"\"b\"\r\n2,é\n".getBytes(StandardCharsets.UTF_8);
        for (String yaml : List.of("csv: { columns: { id: int, name: string? } }", "tsv: { columns: { id: int? } }")) {
            YamlAdapter table = new YamlAdapter(yaml);
            for (int i = 0; i < record.length; i++) {
                tryReading(table, Arrays.copyOf(record, i));
                for (byte other : new byte[] {0, '"', ',', '\n', '\r', '\t', (byte) 0xc3}) {
                    byte[] changed = record.clone();
                    changed[i] = other;
                    tryReading(table, changed);
                }
            }
        }
    }

    private static void tryReading(YamlAdapter table, byte[] record) {
        try {
            assertThat(table.read(record)).isNotNull();
        } catch (RejectedEventException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    /** Rows and columns of the file as Python's csv reads them. */
    @Test
    void readsRealRaces() throws Exception {
        YamlAdapter csv = new YamlAdapter(
                """
                csv:
                  columns:
                    id: int
                    year: int
                    date: date
                    time: string?
                    grandPrixId: string
                    officialName: string
                    circuitType: enum(RACE,ROAD,STREET)
                    courseLength: decimal(6,3)
                    laps: int
                    distance: decimal(6,3)
                """);
        assertThat(csv.problems()).isEmpty();
        List<Part> parts = csv.read(Files.readAllBytes(SharedData.find("f1-races/races_f1db.csv")));
        assertThat(parts).hasSize(1172).allSatisfy(part -> assertThat(part.cause()).isNull());
        assertThat(parts.get(0).fields())
                .containsEntry("officialName", "1950 RAC British Grand Prix")
                .containsEntry("date", (int) LocalDate.of(1950, 5, 13).toEpochDay())
                .containsEntry("time", null);
        assertThat(parts).allSatisfy(part -> assertThat(csv.read(part.data()).get(0).fields())
                .isEqualTo(part.fields()));
    }

    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private static void assertRejected(YamlAdapter csv, String record, String reason, String message)
            throws RejectedEventException {
        assertThat(csv.read(record)).singleElement().satisfies(part -> {
            assertThat(part.reason()).isEqualTo(reason);
            assertThat(part.cause()).hasMessage(message);
        });
    }

    private static void assertWhole(YamlAdapter csv, String record, String reason, String message) {
        assertWhole(csv, record.getBytes(StandardCharsets.UTF_8), reason, message);
    }

    private static void assertWhole(YamlAdapter csv, byte[] record, String reason, String message) {
        assertThatThrownBy(() -> csv.read(record)).isInstanceOfSatisfying(RejectedEventException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasMessageContaining(message);
        });
    }
}
