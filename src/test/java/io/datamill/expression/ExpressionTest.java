package io.datamill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            size > 1000                                       ~ true
            size + 1                                          ~ 2049
            ratio * 2.0                                       ~ 0.5
            ratio < 1                                         ~ true
            spare                                             ~ 0.5
            size > 1 ? 'many' : null                          ~ many
            size > 9999 ? 'many' : null                       ~ null
            subject == 'Hello'                                ~ true
            subject != null && subject.lowerAscii() == 'hello'~ true
            subject == null ? '' : subject.lowerAscii()       ~ hello
            attachments                                       ~ 3
            attachments == null || attachments > 2            ~ true
            geo.country == 'DE'                               ~ true
            geo.database.matches('^c.*[0-9]$')                ~ true
            geo.database.matches('ity')                       ~ true
            matches(geo.database, '^ity')                     ~ false
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
            domains.join()                                    ~ a.exampleb.example
            domains.join(', ')                                ~ a.example, b.example
            'abc'.replace('', '-')                            ~ -a-b-c-
            'abc'.replace('', '-', 2)                         ~ -a-bc
            'abcabc'.replace('bc', 'x')                       ~ axax
            'abcabc'.replace('bc', 'x', 1)                    ~ axabc
            'abcabc'.replace('bc', 'x', 0)                    ~ abcabc
            'abcabc'.replace('bc', '', -1)                    ~ aa
            'abc'.replace('x', 'y')                           ~ abc
            'a.example' in domains                            ~ true
            hops.exists(h, h.ip != null && h.ip.startsWith('10.')) ~ true
            hops[0].at == null                                ~ true
            hops.map(h, h.ip)                                 ~ [10.0.0.1, null]
            !(subject == null) && subject.size() == 5         ~ true
            subject == 'Hello' && subject.size() == 5         ~ true
            """)
    void evaluates(String source, String expected) throws Exception {
        Object value = Expression.check(source, Mail.SCHEMA, null).open().evaluate(Mail.VALUES);

        assertThat(String.valueOf(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            1 / (size - 2048)          ~ division by zero in: 1 / (size - 2048)
            domains[7]                 ~ Index out of bounds: 7 in: domains[7]
            dyn([null])[0] + 'x' ~ null or a value of the wrong type for function '_+_' in: dyn([null])[0] + 'x'
            size * 9223372036854775807 ~ long overflow in: size * 9223372036854775807
            """)
    void rejectsAnEventForWhichThereIsNoValue(String source, String message) throws Exception {
        Evaluator evaluator = Expression.check(source, Mail.SCHEMA, null).open();

        assertThatThrownBy(() -> evaluator.evaluate(Mail.VALUES))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo("EXPRESSION"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject == null ? '' : subject.replace('a', subject)",
                "subject == null ? '' : subject.replace('', subject, 2000000)",
                "subject == null ? '' : subject.split('').map(c, subject).join(',')",
                "subject == null ? '' : subject + subject",
            })
    void rejectsATextThatGrowsOutOfBounds(String source) throws Exception {
        Evaluator evaluator = Expression.check(source, Mail.SCHEMA, null).open();
        Object[] values = Mail.VALUES.clone();
        values[Mail.SCHEMA.getField("subject").pos()] = "a".repeat(source.contains("c, ") ? 9_000 : 600_000);

        assertThatThrownBy(() -> evaluator.evaluate(values))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("a text of more than 1048576 characters in: " + source);
    }

    @Test
    void rejectsANullThatTheSchemaDoesNotAllow() throws Exception {
        Evaluator evaluator = Expression.check("size + 1", Mail.SCHEMA, null).open();

        assertThatThrownBy(() -> evaluator.evaluate(new Object[Mail.VALUES.length]))
                .hasMessage("null or a value of the wrong type for function '_+_' in: size + 1");
    }

    @Test
    void givesNullForNull() throws Exception {
        assertThat(Expression.check("subject", Mail.SCHEMA, null).open().evaluate(new Object[Mail.VALUES.length]))
                .isNull();
    }

    @Test
    void travelsSerialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Expression.check("geo.country != 'DE'", Mail.SCHEMA, null));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Expression expression = (Expression) in.readObject();

            assertThat(expression.open().evaluate(Mail.VALUES)).isEqualTo(false);
        }
    }

    @Test
    void readsOnlyTheFieldsItNames() throws Exception {
        Object[] onlySize = new Object[Mail.VALUES.length];
        onlySize[1] = 5L;
        Arrays.fill(onlySize, 2, onlySize.length, new Object());

        assertThat(Expression.check("size + 1", Mail.SCHEMA, null).open().evaluate(onlySize))
                .isEqualTo(6L);
    }
}
