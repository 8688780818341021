package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.Fields;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.testing.KeyedRunner;
import io.datamill.testing.StepRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTest {
    static final Schema INPUT = KeyedRunner.schema("shop int?", "region string?", "price double");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("shops.csv");
        write("""
                id,region,city,opened,size,rate,open,kind
                7,north,Gent,2019-05-01,12,1.50,true,small
                7,south,"Aix, ""P\""",,,,,
                7,north,Second,,,,,
                """);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    static Fields take(String... fields) {
        return new Fields(KeyedRunner.schema(fields), Map.of());
    }

    static Map<String, String> on(String... pairs) {
        Map<String, String> on = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            on.put(pairs[i], pairs[i + 1]);
        }
        return on;
    }

    private Lookup.Config config(Map<String, String> on, Fields take, Lookup.Missing missing) {
        var from = new Lookup.From(new Reference(file.toString()), null);
        return new Lookup.Config("shops", from, on, take, "place", Duration.ofSeconds(5), missing, null, null);
    }

    @Test
    void addsTheFirstRowOfTheKeyWithTypedColumns() throws Exception {
        StepRunner lookup = new StepRunner(
                INPUT,
                config(
                        on("shop", "id", "region", "region"),
                        take(
                                "city string",
                                "opened date",
                                "size int",
                                "rate decimal(5,2)",
                                "open boolean",
                                "kind enum(small,large)"),
                        null));
        assertThat(lookup.problems()).isEmpty();
        GenericRecord north = (GenericRecord) lookup.run(7, "north", 1.0)[3];
        assertThat(north.get("city")).isEqualTo("Gent");
        assertThat(north.get("opened")).isEqualTo((int) LocalDate.of(2019, 5, 1).toEpochDay());
        assertThat(north.get("size")).isEqualTo(12);
        assertThat(north.get("rate"))
                .isEqualTo(
                        ByteBuffer.wrap(new BigDecimal("1.50").unscaledValue().toByteArray()));
        assertThat(north.get("open")).isEqualTo(true);
        assertThat(north.get("kind")).hasToString("small");
        GenericRecord south = (GenericRecord) lookup.run(7, "south", 1.0)[3];
        assertThat(south.get("city")).isEqualTo("Aix, \"P\"");
        assertThat(List.of("opened", "size", "rate", "open", "kind")).allMatch(column -> south.get(column) == null);
        assertThat(lookup.run(7, "west", 1.0)[3]).isNull();
        assertThat(lookup.run(7, null, 1.0)[3]).isNull();
        assertThat(lookup.run(null, "north", 1.0)[3]).isNull();
        assertThat(TypeText.of(lookup.output().getField("place").schema()))
                .isEqualTo("{city: string?, opened: date?, size: int?, rate: decimal(5,2)?, open: boolean?,"
                        + " kind: enum(small,large)?}?");
        // Everybody sees the schema after the step with a name for each type.
        assertThat(new Schema.Parser().parse(lookup.output().toString())).isEqualTo(lookup.output());
    }

    @Test
    void rejectsAnEventWithoutARowWhereItIsToHaveOne() throws Exception {
        StepRunner lookup =
                new StepRunner(INPUT, config(on("region", "region"), take("city string"), Lookup.Missing.REJECT));
        assertThat(((GenericRecord) lookup.run(1, "north", 1.0)[3]).get("city")).isEqualTo("Gent");
        assertThat(lookup.output().getField("place").schema().isNullable()).isFalse();
        assertThatThrownBy(() -> lookup.run(1, "west", 1.0))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("no row of " + file + " has west in [region]")
                .extracting("reason")
                .isEqualTo("NOT_IN_TABLE");
        assertThatThrownBy(() -> lookup.run(1, null, 1.0)).isInstanceOf(RejectedEventException.class);
    }

    @Test
    void readsAChangedFileAgainOnceTheIntervalHasPassed() throws Exception {
        CsvLookup lookup = (CsvLookup) config(on("region", "region"), take("city string"), null)
                .plan(new Planning(INPUT, (option, message) -> {
                    throw new AssertionError(option + ": " + message);
                }));
        lookup.open();
        long opened = System.nanoTime();
        assertThat(city(lookup, opened)).isEqualTo("Gent");
        write("region,city\nnorth,Brugge\n");
        assertThat(city(lookup, opened + Duration.ofSeconds(4).toNanos())).isEqualTo("Gent");
        long later = opened + Duration.ofSeconds(6).toNanos();
        assertThat(city(lookup, later)).isEqualTo("Brugge");

        Files.delete(file);
        later += Duration.ofSeconds(6).toNanos();
        assertThat(city(lookup, later)).as("away for a moment").isEqualTo("Brugge");
        write("region,city\nnorth,Aalst\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        later += Duration.ofSeconds(6).toNanos();
        assertThat(city(lookup, later)).isEqualTo("Aalst");
        write("region\nnorth\n");
        long last = later + Duration.ofSeconds(6).toNanos();
        assertThatThrownBy(() -> city(lookup, last))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("table " + file + " has no column [city]; it has [region]");
    }

    private static Object city(CsvLookup lookup, long now) throws Exception {
        var event = lookup.apply(KeyedRunner.event(1, 0, 1, "north", 1.0), now);
        return ((GenericRecord) event.values()[3]).get("city");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id,city\\n7,Gent,x\\n|, line 2 has 3 cells, expected 2",
                "id,city\\n7\\n|, line 2 has 1 cells, expected 2",
                "id,city\\n7,\"Gent\\n|is no CSV",
                "id,town\\n7,Gent\\n|has no column [city]; it has [id, town]",
                "id,city,size\\n7,Gent,1\\n8,Aalst,large\\n|, line 3: 'large' in column size is no int"
            })
    void saysWhatIsWrongWithAFile(String text, String message) throws Exception {
        write(text.replace("\\n", "\n"));
        Fields take = text.contains("size") ? take("city string", "size int") : take("city string");
        assertThatThrownBy(() -> new StepRunner(INPUT, config(on("shop", "id"), take, null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("table " + file)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAFileThatIsNotUtf8AndTakesAByteOrderMark() throws Exception {
        Files.write(file, "id,city\n7,Génk\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new StepRunner(INPUT, config(on("shop", "id"), take("city string"), null)))
                .hasMessageContaining("is not UTF-8");
        write("\uFEFFid,city\n7,Génk\n");
        StepRunner lookup = new StepRunner(INPUT, config(on("shop", "id"), take("city string"), null));
        assertThat(((GenericRecord) lookup.run(7, "x", 1.0)[3]).get("city")).isEqualTo("Génk");
    }

    @Test
    void namesEveryMistakeOfItsOptions() throws Exception {
        var database = new Lookup.Database(new Reference("${env:NO_SUCH_URL:-x}"), "shop.place", null);
        var config = new Lookup.Config(
                "shops",
                new Lookup.From(null, database),
                on("shop", "ID", "price", "p", "reigon", "region"),
                take("city string", "tags array<string>", "No string"),
                "price",
                null,
                null,
                null,
                null);
        List<String> problems = new ArrayList<>();
        config.plan(new Planning(INPUT, (option, message) -> problems.add(option + ": " + message)));
        assertThat(problems)
                .containsExactly(
                        "on.shop: 'ID' is no column's name of up to 63 of a-z, 0-9 and _",
                        "on.price: field 'price' is double, expected a string, integer or boolean",
                        "on.reigon: no field 'reigon'; did you mean 'region'?",
                        "take.tags: a column cannot be taken as array<string>; expected string, int, long, double,"
                                + " boolean, timestamp, date, decimal or enum",
                        "take.No: 'No' is no column's name of up to 63 of a-z, 0-9 and _",
                        "as: field 'price' is there already; choose another name");
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        Reference reference = new Reference("x");
        assertThatThrownBy(() -> new Lookup.From(null, null)).hasMessage("expected one of csv and postgres");
        assertThatThrownBy(() -> new Lookup.Database(reference, "a; DROP TABLE b", null))
                .hasMessageStartingWith("table is 'a; DROP TABLE b', expected names");
        assertThatThrownBy(() -> new Lookup.Database(reference, null, "SELECT 1; DROP TABLE b"))
                .hasMessageStartingWith("query has a semicolon");
        assertThatThrownBy(() -> new Lookup.Database(reference, null, null)).hasMessageStartingWith("table is missing");
        var csv = new Lookup.From(reference, null);
        var postgres = new Lookup.From(null, new Lookup.Database(reference, "t", null));
        assertThatThrownBy(() -> new Lookup.Config("l", csv, on("a", "b"), take("c int"), "d", null, null, 5, null))
                .hasMessageStartingWith("capacity is for a Postgres");
        assertThatThrownBy(() -> new Lookup.Config(
                        "l", postgres, on("a", "b"), take("c int"), "d", null, Lookup.Missing.REJECT, null, null))
                .hasMessageStartingWith("missing is reject, which only a CSV can");
        assertThatThrownBy(() -> new Lookup.Config(
                        "l", csv, on("a", "b"), take("c int"), "d", Duration.ofMillis(1), null, null, null))
                .hasMessage("refresh is 1ms, expected 1s to 1d");
    }
}
