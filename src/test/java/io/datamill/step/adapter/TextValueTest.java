package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextValueTest {

    @Test
    void readsNumbers() throws Exception {
        assertThat(read("int", "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(read("int?", "+007")).isEqualTo(7);
        assertThat(read("long", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(read("long", "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(read("double", "-1.5e3")).isEqualTo(-1500.0);
        assertThat(read("double", ".5")).isEqualTo(0.5);
        assertThat(read("double", "1e-400")).isEqualTo(0.0);
        assertThat(read("boolean", "true")).isEqualTo(true);
        assertThat(read("boolean", "false")).isEqualTo(false);
        assertThat(read("string", " a ")).isEqualTo(" a ");
        assertThat(read("enum(a,b)", "b")).hasToString("b");
        assertThat(read("bytes", "AQI=")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void readsDecimalsExactly() throws Exception {
        assertThat(decimal("decimal(10,2)", "12345678.90")).isEqualTo(new BigDecimal("12345678.90"));
        assertThat(decimal("decimal(10,2)", "1.5000")).isEqualTo(new BigDecimal("1.50"));
        assertThat(decimal("decimal(10,2)", "-1e3")).isEqualTo(new BigDecimal("-1000.00"));
        assertThat(decimal("decimal(10,2)", "0e999999")).isEqualTo(new BigDecimal("0.00"));
        assertThat(decimal("decimal(38,0)", "9".repeat(38))).isEqualTo(new BigDecimal("9".repeat(38)));
    }

    @ParameterizedTest
    @CsvSource({
        "int, 2147483648",
        "int, 99999999999999999999999",
        "long, 9223372036854775808",
        "long, -9223372036854775809",
        "double, 1e309",
        "double, -1e99999999999999",
        "'decimal(4,2)', 100",
        "'decimal(4,2)', 0.001",
        "'decimal(4,2)', 1e2147483648",
        "'decimal(4,2)', 1e-2147483647",
        "'decimal(4,2)', 1e1000000000"
    })
    void rejectsANumberThatDoesNotFit(String type, String text) {
        assertRejected("OUT_OF_RANGE", type, text);
    }

    @ParameterizedTest
    @CsvSource({
        "int, ''",
        "int, 1.0",
        "int, ' 1'",
        "int, -",
        "int, ١",
        "long, 1e3",
        "double, NaN",
        "double, Infinity",
        "double, 1d",
        "double, 0x1p3",
        "double, 1e",
        "double, .",
        "double, '1,5'",
        "'decimal(4,2)', one",
        "boolean, TRUE",
        "boolean, 1",
        "'enum(a,b)', c",
        "bytes, '!'",
        "timestamp, 2026-02-30T00:00:00Z",
        "timestamp, 2026-01-31T12:00:00",
        "timestamp, 2026-01-31",
        "timestamp, 2026-01-31T12:00:60Z",
        "timestamp, 0",
        "date, 2026-02-29",
        "date, 31.1.2026"
    })
    void rejectsWhatIsOfAnotherType(String type, String text) {
        assertRejected("WRONG_TYPE", type, text);
    }

    @Test
    void saysTheFieldWhatWasReadAndWhatWasExpected() {
        assertThatThrownBy(() -> read("int", "x\u0000" + "y".repeat(100)))
                .hasMessage("f is 'x\\u0000" + "y".repeat(78) + "...' of 102 characters, expected int");
        assertThatThrownBy(() -> read("enum(a,b)", "c")).hasMessage("f is 'c', expected one of a, b");
        assertThatThrownBy(() -> read("timestamp", "c"))
                .hasMessage("f is 'c', expected a time such as 2026-01-31T12:00:00Z");
        assertThatThrownBy(() -> read("timestamp", "dd/MM/yyyy HH:mm|Europe/Vienna", "c"))
                .hasMessage("f is 'c', expected a time such as 31/01/2026 12:00 (dd/MM/yyyy HH:mm|Europe/Vienna)");
    }

    /** The expected values are java.time's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2015-09-12T00:46:58.771Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2000-02-29T12:00:00Z",
                "0000-01-01T00:00:00.1Z",
                "2026-12-31T23:59:59.123456789Z",
                "2026-01-31T12:00:00.12Z"
            })
    void readsTimesOfIso(String text) throws Exception {
        assertThat(read("timestamp", text)).isEqualTo(Instant.parse(text).toEpochMilli());
        assertThat(IsoInstant.millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T13:00:00+01:00, , 2026-01-31T12:00:00Z",
        "2026-01-31T13:00+01:00, , 2026-01-31T12:00:00Z",
        "31/Jan/2026:13:00:00 +0100, dd/MMM/yyyy:HH:mm:ss Z, 2026-01-31T12:00:00Z",
        "31.07.2026 14:00, dd.MM.yyyy HH:mm|Europe/Vienna, 2026-07-31T12:00:00Z",
        "31.07.2026 12:00, dd.MM.yyyy HH:mm, 2026-07-31T12:00:00Z",
        "2026-07-31, yyyy-MM-dd|Europe/Vienna, 2026-07-30T22:00:00Z",
        "1785499200, epoch-seconds, 2026-07-31T12:00:00Z",
        "1785499200.1239, epoch-seconds, 2026-07-31T12:00:00.123Z",
        "-0.0001, epoch-seconds, 1969-12-31T23:59:59.999Z",
        "1785499200123, epoch-millis, 2026-07-31T12:00:00.123Z"
    })
    void readsTimesOfAFormat(String text, String format, Instant expected) throws Exception {
        assertThat(read("timestamp", format, text)).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void readsDates() throws Exception {
        assertThat(read("date", "2026-01-31")).isEqualTo((int) LocalDate.of(2026, 1, 31).toEpochDay());
        assertThat(read("date", "dd.MM.yyyy", "31.01.2026"))
                .isEqualTo((int) LocalDate.of(2026, 1, 31).toEpochDay());
        assertThatThrownBy(() -> read("date", "dd.MM.yyyy", "30.02.2026")).isInstanceOf(RejectedEventException.class);
    }

    @Test
    void refusesATypeOrFormatThatTextCannotHave() {
        assertThatThrownBy(() -> of("array<string>", null)).hasMessageContaining("text is no array<string>");
        assertThatThrownBy(() -> of("timestamp", "nope")).hasMessageContaining("'nope' is no format");
        assertThatThrownBy(() -> of("timestamp", "MMM dd HH:mm:ss")).hasMessageContaining("gives no day");
        assertThatThrownBy(() -> of("timestamp", "yyyy-MM-dd|Mars")).hasMessageContaining("'Mars' is no time zone");
        assertThatThrownBy(() -> of("date", "epoch-seconds")).hasMessageContaining("not of dates");
        assertThatThrownBy(() -> of("int", "yyyy")).hasMessageContaining("which int has not");
    }

    private static BigDecimal decimal(String type, String text) throws RejectedEventException {
        ByteBuffer bytes = (ByteBuffer) read(type, text);
        int scale = Integer.parseInt(type.replaceAll(".*,|\\)", ""));
        return new BigDecimal(new BigInteger(bytes.array()), scale);
    }

    private static Object read(String type, String text) throws RejectedEventException {
        return read(type, null, text);
    }

    private static Object read(String type, String format, String text) throws RejectedEventException {
        return of(type, format).read(text);
    }

    private static TextValue of(String type, String format) {
        return TextValue.of("f", TypeText.parse(type), format);
    }

    private static void assertRejected(String reason, String type, String text) {
        assertThatThrownBy(() -> read(type, text))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
