package io.datamill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Schema MAIL = new Schema.Parser().parse("""
            {"type": "record", "name": "Mail", "fields": [
              {"name": "subject", "type": ["null", "string"]},
              {"name": "size", "type": "long"},
              {"name": "attachments", "type": ["null", "int"]},
              {"name": "received", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "sent", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "domains", "type": {"type": "array", "items": "string"}},
              {"name": "hops", "type": {"type": "array", "items": {"type": "record", "name": "Hop", "fields": [
                {"name": "ip", "type": ["null", "string"]},
                {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]}]}}},
              {"name": "geo", "type": {"type": "record", "name": "Geo", "fields": [
                {"name": "country", "type": ["null", "string"]},
                {"name": "database", "type": "string"}]}},
              {"name": "ratio", "type": "double"},
              {"name": "near", "type": ["null", {"type": "record", "name": "Near", "fields": [
                {"name": "score", "type": "double"}]}]},
              {"name": "spare", "type": "float"}]}
            """);

    private static final Object[] VALUES = {
        "Hello",
        2048L,
        3,
        1_700_000_060_000L,
        1_700_000_000_000L,
        List.of("a.example", "b.example"),
        hops(),
        geo("DE"),
        0.25,
        null,
        0.5f
    };

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            size > 1000                                       ~ true
            size + 1                                          ~ 2049
            ratio * 2.0                                       ~ 0.5
            ratio < 1                                         ~ true
            spare                                             ~ 0.5
            subject == 'Hello'                                ~ true
            subject != null && subject.lowerAscii() == 'hello'~ true
            subject == null ? '' : subject.lowerAscii()       ~ hello
            attachments                                       ~ 3
            attachments == null || attachments > 2            ~ true
            geo.country == 'DE'                               ~ true
            geo.database                                      ~ city 1
            near == null                                      ~ true
            near != null && near.score < 0.5                  ~ false
            sent != null && received - sent > duration('30s') ~ true
            received                                          ~ 1700000060000
            received > timestamp('2023-11-14T22:14:19Z')      ~ true
            received.getHours()                               ~ 22
            domains.exists(d, d.endsWith('.example'))         ~ true
            domains.filter(d, d.startsWith('a'))              ~ [a.example]
            domains[1]                                        ~ b.example
            'a.example' in domains                            ~ true
            hops.exists(h, h.ip != null && h.ip.startsWith('10.')) ~ true
            hops[0].at == null                                ~ true
            hops.map(h, h.ip)                                 ~ [10.0.0.1, null]
            !(subject == null) && subject.size() == 5         ~ true
            subject == 'Hello' && subject.size() == 5         ~ true
            """)
    void evaluates(String source, String expected) throws Exception {
        Object value = Expression.check(source, MAIL, null).open().evaluate(VALUES);

        assertThat(String.valueOf(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            size > 1                           ~ "boolean"
            size                               ~ "long"
            attachments                        ~ ["null","long"]
            attachments == null ? 0 : attachments ~ "long"
            size > 1 ? 0 : attachments         ~ ["null","long"]
            geo.country                        ~ ["null","string"]
            ratio                              ~ "double"
            sent                               ~ ["null",{"type":"long","logicalType":"timestamp-millis"}]
            received                           ~ {"type":"long","logicalType":"timestamp-millis"}
            domains                            ~ {"type":"array","items":"string"}
            hops.map(h, h.ip)                  ~ {"type":"array","items":["null","string"]}
            """)
    void saysTheTypeItGives(String source, String schema) throws Exception {
        assertThat(Expression.check(source, MAIL, null).type().toString()).isEqualTo(unquoted(schema));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            subjct == 'a'              ~ column 1: no field 'subjct'; did you mean 'subject'?
            1 + sise                   ~ column 5: no field 'sise'; did you mean 'size'?
            zzz == 1                   ~ column 1: no field 'zzz'
            geo.contry == 'DE'         ~ column 4: no field 'contry' in geo; did you mean 'country'?
            geo.country.code == 'DE'   ~ column 12: type 'wrapper(string)' does not support field selection
            size + ratio               ~ column 6: '+' does not take (int, double); convert one with double() or int()
            size == 'x'                ~ column 6: '==' does not take (int, string)
            subject + 1                ~ column 9: '+' does not take (string or null, int)
            domains.sice() > 1         ~ column 13: no function 'sice'; did you mean 'size'?
            size >                     ~ column 7: mismatched input end
            attachments + 1            ~ column 1: 'attachments' may be null: impute it first, or guard it: attachments != null ? ... : ...
            size > 1 && attachments > 1 ~ column 13: 'attachments' may be null: impute it first, or guard it: attachments != null ? ... : ...
            subject.size() > 1         ~ column 1: 'subject' may be null: impute it first, or guard it: subject != null ? ... : ...
            received - sent            ~ column 12: 'sent' may be null: impute it first, or guard it: sent != null ? ... : ...
            near.score < 0.5           ~ column 1: 'near' may be null: impute it first, or guard it: near != null ? ... : ...
            hops[0].ip.size() > 0      ~ column 8: this value may be null: impute it first, or guard it: x != null ? ... : ...
            hops.exists(h, h.ip.size() > 0) ~ column 17: 'h.ip' may be null: impute it first, or guard it: h.ip != null ? ... : ...
            subject == null && subject.size() > 0 ~ column 20: 'subject' may be null: impute it first, or guard it: subject != null ? ... : ...
            has(geo.country)           ~ column 4: has() is true for a null as well; write x != null
            'a'.matches('(')           ~ column 13: bad Regex: Unclosed group near index 1
            received > timestamp('x')  ~ column 22: bad timestamp: Text 'x' could not be parsed at index 0
            received - received        ~ gives a duration, which no field holds; take its .getSeconds()
            {'a': 1}                   ~ gives map, which no field holds; give bool, int, double, string, timestamp or a list of these
            """)
    void refuses(String source, String message) {
        assertThatThrownBy(() -> Expression.check(source, MAIL, null))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void reportsEveryMistake() {
        assertThatThrownBy(() -> Expression.check("subjct == 'a' || geo.contry == 'b'", MAIL, null))
                .hasMessage("column 1: no field 'subjct'; did you mean 'subject'?; "
                        + "column 21: no field 'contry' in geo; did you mean 'country'?");
    }

    @Test
    void refusesAnotherTypeThanExpected() {
        Schema bool = Schema.create(Schema.Type.BOOLEAN);

        assertThatThrownBy(() -> Expression.check("size", MAIL, bool)).hasMessage("gives int, but bool is needed");
        assertThatThrownBy(() -> Expression.check("subject", MAIL, Schema.create(Schema.Type.STRING)))
                .hasMessage("gives string or null, but string is needed");
    }

    @Test
    void refusesAnExpressionThatIsTooLong() {
        assertThatThrownBy(() -> Expression.check("size == 1".repeat(500), MAIL, null))
                .hasMessage("4500 characters; an expression has at most 4096");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            1 / (size - 2048)          ~ division by zero in: 1 / (size - 2048)
            domains[7]                 ~ Index out of bounds: 7 in: domains[7]
            dyn([null])[0] + 'x' ~ null or a value of the wrong type for function '_+_' in: dyn([null])[0] + 'x'
            size * 9223372036854775807 ~ long overflow in: size * 9223372036854775807
            """)
    void rejectsAnEventForWhichThereIsNoValue(String source, String message) throws Exception {
        Evaluator evaluator = Expression.check(source, MAIL, null).open();

        assertThatThrownBy(() -> evaluator.evaluate(VALUES))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo("EXPRESSION"))
                .hasMessage(message);
    }

    @Test
    void rejectsANullThatTheSchemaDoesNotAllow() throws Exception {
        Evaluator evaluator = Expression.check("size + 1", MAIL, null).open();

        assertThatThrownBy(() -> evaluator.evaluate(new Object[VALUES.length]))
                .hasMessage("null or a value of the wrong type for function '_+_' in: size + 1");
    }

    @Test
    void givesNullForNull() throws Exception {
        assertThat(Expression.check("subject", MAIL, null).open().evaluate(new Object[VALUES.length]))
                .isNull();
    }

    @Test
    void travelsSerialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Expression.check("geo.country != 'DE'", MAIL, null));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Expression expression = (Expression) in.readObject();

            assertThat(expression.open().evaluate(VALUES)).isEqualTo(false);
        }
    }

    @Test
    void readsOnlyTheFieldsItNames() throws Exception {
        Object[] onlySize = new Object[VALUES.length];
        onlySize[1] = 5L;
        Arrays.fill(onlySize, 2, onlySize.length, new Object());

        assertThat(Expression.check("size + 1", MAIL, null).open().evaluate(onlySize))
                .isEqualTo(6L);
    }

    private static String unquoted(String schema) {
        return schema.startsWith("\"") || schema.startsWith("[") || schema.startsWith("{")
                ? schema
                : '"' + schema + '"';
    }

    private static GenericData.Record geo(String country) {
        GenericData.Record geo = new GenericData.Record(MAIL.getField("geo").schema());
        geo.put("country", country);
        geo.put("database", "city 1");
        return geo;
    }

    private static List<GenericData.Record> hops() {
        Schema hop = MAIL.getField("hops").schema().getElementType();
        GenericData.Record first = new GenericData.Record(hop);
        first.put("ip", "10.0.0.1");
        return List.of(first, new GenericData.Record(hop));
    }
}
