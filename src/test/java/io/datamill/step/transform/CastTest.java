package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            string ~ int          ~ '-12'         ~ -12
            string ~ long         ~ '9223372036854775807' ~ 9223372036854775807
            string ~ long         ~ '+7'          ~ 7
            string ~ double       ~ '1.5e3'       ~ 1500.0
            string ~ double       ~ '.5'          ~ 0.5
            string ~ decimal(5,2) ~ '123.450'     ~ 123.45
            string ~ decimal(5,2) ~ '-1e2'        ~ -100.00
            string ~ boolean      ~ 'true'        ~ true
            string ~ timestamp    ~ '2026-01-31T12:00:00.1239+01:00' ~ 2026-01-31T11:00:00.123Z
            string ~ date         ~ '2024-02-29'  ~ 2024-02-29
            string ~ enum(a,b)    ~ b             ~ b
            string ~ bytes        ~ 'ä'           ~ w6Q=
            string ~ bytes[base64] ~ 'w6Q='       ~ w6Q=
            bytes  ~ string       ~ w6Q=          ~ ä
            bytes  ~ string[base64] ~ w6Q=        ~ w6Q=
            int    ~ long         ~ 5             ~ 5
            long   ~ int          ~ -5            ~ -5
            long   ~ double       ~ 9007199254740992 ~ 9.007199254740992E15
            long   ~ decimal(3,1) ~ 12            ~ 12.0
            long   ~ timestamp    ~ 1769860800000 ~ 2026-01-31T12:00:00Z
            long   ~ string       ~ 12            ~ 12
            int    ~ boolean      ~ 1             ~ true
            int    ~ date         ~ 19000         ~ 2022-01-08
            double ~ long         ~ 3.0           ~ 3
            double ~ int          ~ -3.0          ~ -3
            double ~ decimal(4,2) ~ 0.125         ~ 0.12
            double ~ decimal(4,2) ~ 0.135         ~ 0.14
            double ~ string       ~ 0.1           ~ 0.1
            decimal(5,2) ~ int    ~ 12.00         ~ 12
            decimal(5,2) ~ double ~ 12.34         ~ 12.34
            decimal(5,2) ~ string ~ 12.30         ~ 12.30
            decimal(5,2) ~ decimal(4,1) ~ 12.30   ~ 12.3
            boolean ~ int         ~ true          ~ 1
            boolean ~ string      ~ false         ~ false
            timestamp ~ date      ~ 1969-12-31T23:59:59.999Z ~ 1969-12-31
            timestamp ~ long      ~ 1970-01-01T00:00:01Z ~ 1000
            timestamp ~ string    ~ 2026-01-31T12:00:00Z ~ 2026-01-31T12:00:00Z
            date ~ timestamp      ~ 2026-01-31    ~ 2026-01-31T00:00:00Z
            date ~ string         ~ 2026-01-31    ~ 2026-01-31
            enum(a,b) ~ string    ~ a             ~ a
            enum(a,b) ~ enum(b,c) ~ b             ~ b
            array<string> ~ array<int>    ~ "['1', '2']" ~ "[1, 2]"
            array<string> ~ array<int?>   ~ "['1', x]"   ~ "[1, null]"
            map<int>      ~ map<string>   ~ "{ k: 1 }"   ~ "{k: 1}"
            """)
    void gives(String from, String to, String value, String expected) throws Exception {
        YamlStep step = new YamlStep("{ cast: { v: \"" + to + "\" } }", "{ v: \"" + from + "\" }");

        assertThat(step.problems()).isEmpty();
        assertThat(step.output()).isEqualTo("{v: " + to.replace("[base64]", "") + "}");
        assertThat(step.run("{ v: " + value + " }")).isEqualTo("{v: " + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            string ~ int          ~ '2147483648'
            string ~ int          ~ ' 1'
            string ~ int          ~ '1.0'
            string ~ int          ~ ''
            string ~ int          ~ '-'
            string ~ long         ~ '9223372036854775808'
            string ~ double       ~ '1d'
            string ~ double       ~ 'NaN'
            string ~ double       ~ '1e999'
            string ~ double       ~ '0x10'
            string ~ double       ~ '.'
            string ~ double       ~ '1e'
            string ~ decimal(5,2) ~ '1.234'
            string ~ decimal(5,2) ~ '1234'
            string ~ decimal(5,2) ~ '1e-999999999'
            string ~ decimal(5,2) ~ '1e999999999'
            string ~ decimal(5,2) ~ '1e99999999999'
            string ~ boolean      ~ 'True'
            string ~ timestamp    ~ '2026-01-31T12:00:00'
            string ~ timestamp    ~ '2026-02-30T12:00:00Z'
            string ~ date         ~ '2026-02-29'
            string ~ date         ~ '2026-01-31 '
            string ~ enum(a,b)    ~ c
            string ~ bytes[base64] ~ 'w6*='
            bytes  ~ string       ~ /w==
            long   ~ int          ~ 2147483648
            long   ~ double       ~ 9007199254740993
            long   ~ double       ~ 9223372036854775807
            int    ~ boolean      ~ 2
            double ~ long         ~ 9223372036854775807
            double ~ long         ~ 0.5
            double ~ int          ~ .nan
            double ~ int          ~ 2147483648
            double ~ decimal(4,2) ~ 100
            double ~ decimal(4,2) ~ .inf
            decimal(5,2) ~ int    ~ 12.34
            decimal(5,2) ~ decimal(4,1) ~ 12.34
            decimal(30,0) ~ long  ~ 9223372036854775808
            enum(a,b) ~ enum(b,c) ~ a
            array<string> ~ array<int> ~ "['1', x]"
            """)
    void rejectsWhatWouldBeLost(String from, String to, String value) throws Exception {
        String given = "{ v: " + value.replace(".nan", "NaN").replace(".inf", "Infinity") + " }";
        YamlStep strict = new YamlStep("{ cast: { v: \"" + to + "\" } }", "{ v: \"" + from + "\" }");
        String written = to.contains("[") ? to.replace("[", "?[") : to + "?";
        YamlStep lenient = new YamlStep("{ cast: { v: \"" + written + "\" } }", "{ v: \"" + from + "\" }");

        assertThat(strict.run(given)).startsWith("reject CAST_FAILED: field 'v': read ");
        assertThat(lenient.run(given)).isEqualTo("{v: null}");
    }

    @Test
    void saysWhatWasReadAndExpected() throws Exception {
        assertThat(new YamlStep("{ cast: { v: int } }", "{ v: string }").run("{ v: " + "x".repeat(200) + " }"))
                .isEqualTo("reject CAST_FAILED: field 'v': read '" + "x".repeat(80)
                        + "...' (200 characters), expected int");
    }

    @Test
    void textWithoutAUtf8FormHasNoBytes() {
        Conversion toBytes =
                Conversions.of(Schema.create(Schema.Type.STRING), Schema.create(Schema.Type.BYTES));

        assertThat(toBytes.apply("\ud800")).isSameAs(Conversion.FAILED);
    }

    @Test
    void nullStaysNullAndSoDoesTheType() throws Exception {
        YamlStep step = new YamlStep("{ cast: { v: int, w: array<long> } }", "{ v: string?, w: array<string?>? }");

        assertThat(step.output()).isEqualTo("{v: int?, w: array<long?>?}");
        assertThat(step.run("{ v: null, w: null }")).isEqualTo("{v: null, w: null}");
        assertThat(step.run("{ v: '1', w: [null, '2'] }")).isEqualTo("{v: 1, w: [null, 2]}");
        assertThat(step.run("{ v: x, w: null }")).startsWith("reject CAST_FAILED");
    }

    @Test
    void tellsCastsThatCannotBe() throws Exception {
        assertThat(new YamlStep(
                                "{ cast: { m: double, r: string, i: int, ii: int, t: boolean, s: strin, d: \"bytes[base64]\", x: date } }",
                                "{ m: map<int>, r: { a: int }, i: int, t: timestamp, s: string, d: double, x: long }")
                        .problems())
                .containsExactly(
                        "m: field 'm' is map<int>, which cannot be cast to double",
                        "r: field 'r' is {a: int}, which cannot be cast to string",
                        "i: field 'i' is int already; leave it out",
                        "ii: no field 'ii'; did you mean 'i'?",
                        "t: field 't' is timestamp, which cannot be cast to boolean",
                        "s: expected one of int, long, double, decimal(10,2), string, bytes, boolean, timestamp, date,"
                                + " enum(a,b), array<string>, map<string>, with ? behind it where it may be null, but"
                                + " read 'strin'",
                        "d: field 'd' is double, which cannot be cast to bytes[base64]",
                        "x: field 'x' is long, which cannot be cast to date");
    }
}
