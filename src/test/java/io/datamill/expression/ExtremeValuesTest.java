package io.datamill.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.datamill.event.RejectedEventException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An expression on what a sender chose has a value or rejects the event; it never fails the job. */
class ExtremeValuesTest {
    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema RECORD = SchemaBuilder.record("R")
            .fields()
            .name("a")
            .type(TIME)
            .noDefault()
            .name("b")
            .type(TIME)
            .noDefault()
            .requiredLong("n")
            .requiredString("text")
            .endRecord();

    @ParameterizedTest
    @CsvSource({
        "n + n > n",
        "-n < 0",
        "n * 3",
        "a + duration('24h')",
        "a - duration('24h')",
        "a - b > duration('1h')",
        "a.getFullYear() > 2020",
        "int(text)",
        "double(text)",
        "timestamp(text)",
        "string(a)",
        "text.matches('^(a|aa)+$')",
        "int(a)",
        "timestamp(n)",
        "int(double(n) * 10.0)",
        "uint(n) > 0u",
    })
    void haveAValueOrRejectTheEvent(String source) throws Exception {
        Evaluator evaluator = Expression.check(source, RECORD, null).open();
        for (long time : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
            for (String text : new String[] {"", "(", "(a+)+$", "9".repeat(400), "\ud800", "1e999"}) {
                Object[] values = {time, -time, time, text};
                Throwable thrown = catchThrowable(() -> evaluator.evaluate(values));
                assertThat(thrown)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                rejected -> assertThat(rejected).isInstanceOf(RejectedEventException.class));
            }
        }
    }
}
