package io.datamill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.Decimals;
import io.datamill.schema.TypeText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions do with each Avro type, and what they give. */
class AvroTypesTest {
    private static final Schema PLACE = SchemaBuilder.record("Place")
            .namespace("test")
            .fields()
            .requiredString("country")
            .name("seen")
            .type(TypeText.parse("timestamp?"))
            .noDefault()
            .endRecord();
    private static final Schema RECORD = Schema.createRecord(
            "R",
            null,
            "test",
            false,
            List.of(
                    new Schema.Field("day", TypeText.parse("date")),
                    new Schema.Field("day_off", TypeText.parse("date?")),
                    new Schema.Field("at", TypeText.parse("timestamp")),
                    new Schema.Field("price", TypeText.parse("decimal(10,2)")),
                    new Schema.Field("discount", TypeText.parse("decimal(10,2)?")),
                    new Schema.Field("raw", TypeText.parse("bytes")),
                    new Schema.Field("raw_or_not", TypeText.parse("bytes?")),
                    new Schema.Field("colour", TypeText.parse("enum(red,blue)?")),
                    new Schema.Field("tags", TypeText.parse("array<string>?")),
                    new Schema.Field("no_tags", TypeText.parse("array<string>?")),
                    new Schema.Field("labels", TypeText.parse("map<string>")),
                    new Schema.Field("counts", TypeText.parse("map<int>?")),
                    new Schema.Field("place", PLACE),
                    new Schema.Field("places", Schema.createArray(PLACE))));

    private static final Object[] VALUES = {
        (int) LocalDate.of(2026, 1, 31).toEpochDay(),
        null,
        Instant.parse("2026-01-31T12:00:00Z").toEpochMilli(),
        Decimals.write(new BigDecimal("-1.10"), Decimals.type(TypeText.parse("decimal(10,2)"))),
        null,
        ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)),
        null,
        new GenericData.EnumSymbol(TypeText.parse("enum(red,blue)"), "red"),
        List.of("a", "b"),
        null,
        Map.of("k", "v"),
        Map.of("n", 3),
        place(),
        List.of(place())
    };

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            day < at                                    ~ true
            day == timestamp('2026-01-31T00:00:00Z')    ~ true
            (at - day).getHours()                       ~ 12
            day.getMonth()                              ~ 0
            day_off == null                             ~ true
            day_off != null && day_off < at             ~ false
            price == -1.1                               ~ true
            price * 2.0                                 ~ -2.2
            discount == null ? price : discount         ~ -1.1
            size(raw)                                   ~ 2
            raw == b'ab'                                ~ true
            string(raw)                                 ~ ab
            raw_or_not == null                          ~ true
            raw_or_not != null && size(raw_or_not) > 1  ~ false
            colour == 'red'                             ~ true
            tags == null                                ~ false
            no_tags == null                             ~ true
            tags != null && 'a' in tags                 ~ true
            tags == null ? 0 : tags.size()              ~ 2
            no_tags == null ? 0 : no_tags.size()        ~ 0
            tags != null && tags.exists(t, t == 'b')    ~ true
            'k' in labels && labels['k'] == 'v'         ~ true
            labels.k                                    ~ v
            counts != null && counts['n'] > 2           ~ true
            place.country                               ~ DE
            places.exists(p, p.country == 'DE')         ~ true
            labels                                      ~ {k=v}
            {'a': price, 'b': 1.0}                      ~ {a=-1.1, b=1.0}
            """)
    void evaluates(String source, String expected) throws Exception {
        Object value = Expression.check(source, RECORD, null).open().evaluate(VALUES);

        assertThat(String.valueOf(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            day                ~ timestamp
            day_off            ~ timestamp?
            price              ~ double
            discount           ~ double?
            raw                ~ bytes
            raw_or_not         ~ bytes?
            colour             ~ string?
            labels             ~ map<string>
            place              ~ {country: string, seen: timestamp?}
            places             ~ array<{country: string, seen: timestamp?}>
            b'x'               ~ bytes
            """)
    void saysTheTypeItGives(String source, String type) throws Exception {
        assertThat(TypeText.of(Expression.check(source, RECORD, null).type())).isEqualTo(type);
    }

    @Test
    void givesAvroValuesOfThatType() throws Exception {
        for (String source : List.of("day", "price", "raw", "labels", "place", "places", "[place]")) {
            Expression expression = Expression.check(source, RECORD, null);
            assertThat(GenericData.get()
                            .validate(expression.type(), expression.open().evaluate(VALUES)))
                    .as(source)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            day + 1              ~ column 5: '+' does not take (timestamp, int)
            price == 'x'         ~ column 7: '==' does not take (double, string)
            raw + 1              ~ column 5: '+' does not take (bytes, int)
            discount * 2.0       ~ column 1: 'discount' may be null: impute it first, or guard it: discount != null ? ... : ...
            day_off < at         ~ column 1: 'day_off' may be null: impute it first, or guard it: day_off != null ? ... : ...
            tags.size()          ~ column 1: 'tags' may be null: impute it first, or guard it: tags != null ? ... : ...
            labels['k'] == 1     ~ column 13: '==' does not take (string, int)
            tags                 ~ gives dyn, which no field holds; give bool, int, double, string, bytes, timestamp, a record, a list or a map by string
            """)
    void refuses(String source, String message) {
        assertThatThrownBy(() -> Expression.check(source, RECORD, null)).hasMessage(message);
    }

    @Test
    void rejectsANullInAListThatMayHoldNone() throws Exception {
        Evaluator evaluator =
                Expression.check("places.map(p, p.seen)", RECORD, null).open();
        Object[] values = Arrays.copyOf(VALUES, VALUES.length);

        assertThatThrownBy(() -> evaluator.evaluate(values))
                .isInstanceOf(RejectedEventException.class)
                .hasMessageStartingWith("null where none may be");
    }

    private static GenericData.Record place() {
        GenericData.Record place = new GenericData.Record(PLACE);
        place.put("country", "DE");
        return place;
    }
}
