package io.datamill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            size > 1                           ~ "boolean"
            size                               ~ "long"
            attachments                        ~ ["null","long"]
            attachments == null ? 0 : attachments ~ "long"
            size > 1 ? 0 : attachments         ~ ["null","long"]
            size > 1 ? 'many' : null           ~ ["null","string"]
            size > 1 ? null : size             ~ ["null","long"]
            size > 9 ? 0.5 : size > 1 ? null : 0.1 ~ ["null","double"]
            size > 1 ? null : subject == 'a'   ~ ["null","boolean"]
            size > 1 ? received : null         ~ ["null",{"type":"long","logicalType":"timestamp-millis"}]
            geo.country                        ~ ["null","string"]
            ratio                              ~ "double"
            sent                               ~ ["null",{"type":"long","logicalType":"timestamp-millis"}]
            received                           ~ {"type":"long","logicalType":"timestamp-millis"}
            domains                            ~ {"type":"array","items":"string"}
            hops.map(h, h.ip)                  ~ {"type":"array","items":["null","string"]}
            """)
    void saysTheTypeItGives(String source, String schema) throws Exception {
        assertThat(Expression.check(source, Mail.SCHEMA, null).type().toString())
                .isEqualTo(unquoted(schema));
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
            (size > 1 ? 'a' : null).size() ~ column 11: this value may be null: impute it first, or guard it: x != null ? ... : ...
            size > 1 ? 'a' : 5         ~ column 10: '?:' does not take (bool, string, int)
            size >                     ~ column 7: the expression ends too early
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
            'a'.matches(geo.database)  ~ column 16: matches takes a pattern that is written out
            matches('a', 'b' + geo.database) ~ column 18: matches takes a pattern that is written out
            received > timestamp('x')  ~ column 22: bad timestamp: Text 'x' could not be parsed at index 0
            received - received        ~ gives a duration, which no field holds; take its .getSeconds()
            {1: 'a'}                   ~ gives map, which no field holds; give bool, int, double, string, bytes, timestamp, a record, a list or a map by string
            """)
    void refuses(String source, String message) {
        assertThatThrownBy(() -> Expression.check(source, Mail.SCHEMA, null))
                .isInstanceOf(InvalidExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void reportsEveryMistake() {
        assertThatThrownBy(() -> Expression.check("subjct == 'a' || geo.contry == 'b'", Mail.SCHEMA, null))
                .hasMessage("column 1: no field 'subjct'; did you mean 'subject'?; "
                        + "column 21: no field 'contry' in geo; did you mean 'country'?");
    }

    @Test
    void refusesAnotherTypeThanExpected() {
        Schema bool = Schema.create(Schema.Type.BOOLEAN);

        assertThatThrownBy(() -> Expression.check("size", Mail.SCHEMA, bool))
                .hasMessage("gives int, but bool is needed");
        assertThatThrownBy(() -> Expression.check("subject", Mail.SCHEMA, Schema.create(Schema.Type.STRING)))
                .hasMessage("gives string or null, but string is needed");
    }

    @Test
    void refusesAnExpressionThatIsTooLong() {
        assertThatThrownBy(() -> Expression.check("size == 1".repeat(500), Mail.SCHEMA, null))
                .hasMessage("4500 characters; an expression has at most 4096");
    }

    private static String unquoted(String schema) {
        return schema.startsWith("\"") || schema.startsWith("[") || schema.startsWith("{")
                ? schema
                : '"' + schema + '"';
    }
}
