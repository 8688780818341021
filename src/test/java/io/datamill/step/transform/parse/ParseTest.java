package io.datamill.step.transform.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            timestamp ~ ""                                    ~ 2026-01-31T12:00:00.5+02:00 ~ 2026-01-31T10:00:00.500Z
            timestamp ~ zone: Europe/Berlin                   ~ 2026-07-01T12:00:00    ~ 2026-07-01T10:00:00Z
            timestamp ~ zone: Europe/Berlin                   ~ 2026-07-01T12:00:00Z   ~ 2026-07-01T12:00:00Z
            timestamp ~ "formats: ['dd.MM.yyyy HH:mm'], zone: Europe/Berlin" ~ 25.10.2026 02:30 ~ 2026-10-25T00:30:00Z
            timestamp ~ "formats: ['d MMMM uuuu', epoch-seconds], zone: UTC, locale: fr" ~ 14 JUILLET 2026 ~ 2026-07-14T00:00:00Z
            timestamp ~ "formats: ['d MMMM uuuu', epoch-seconds], zone: UTC, locale: fr" ~ "'1700000000.9999'" ~ 2023-11-14T22:13:20.999Z
            timestamp ~ "formats: [epoch-millis]"             ~ "'-1'"                 ~ 1969-12-31T23:59:59.999Z
            timestamp ~ "formats: ['EEE, d MMM uuuu HH:mm:ss z']" ~ "'Sun, 1 Feb 2026 00:00:00 GMT'" ~ 2026-02-01T00:00:00Z
            date      ~ ""                                    ~ 2024-02-29             ~ 2024-02-29
            date      ~ "formats: [iso, 'M/d/yyyy']"          ~ 2/29/2024              ~ 2024-02-29
            number    ~ ""                                    ~ "'1,234,567.5'"        ~ 1234567.5
            number    ~ ""                                    ~ "'1234567.5'"          ~ 1234567.5
            number    ~ locale: de                            ~ "'-1.234,56'"          ~ -1234.56
            number    ~ "locale: fr"                          ~ "'1 234,5'"            ~ 1234.5
            number    ~ "locale: en-IN"                       ~ "'12,34,567'"          ~ 1234567.0
            number    ~ "locale: de-CH"                       ~ 1'234.5                ~ 1234.5
            number    ~ "locale: de, to: 'decimal(8,2)'"      ~ "'1.234,5'"            ~ 1234.50
            number    ~ "to: long"                            ~ "'1,234'"              ~ 1234
            number    ~ "percent: true"                       ~ 12.5%                  ~ 0.125
            number    ~ "percent: true, locale: de"           ~ 7 %                    ~ 0.07
            boolean   ~ ""                                    ~ TRUE                   ~ true
            boolean   ~ "true-values: [yes, y, 1], false-values: [no, n, 0]" ~ Y       ~ true
            boolean   ~ "true-values: [yes, y, 1], false-values: [no, n, 0]" ~ "'0'"   ~ false
            duration  ~ ""                                    ~ PT1H30M                ~ 5400000
            duration  ~ ""                                    ~ 1h30m                  ~ 5400000
            duration  ~ ""                                    ~ 1h 30m                 ~ 5400000
            duration  ~ ""                                    ~ 90s                    ~ 90000
            duration  ~ ""                                    ~ 1.5h                   ~ 5400000
            duration  ~ ""                                    ~ 250 ms                 ~ 250
            duration  ~ ""                                    ~ "'01:30:00'"           ~ 5400000
            duration  ~ ""                                    ~ "'100:00:01.25'"       ~ 360001250
            duration  ~ ""                                    ~ -P1DT1S                ~ -86401000
            duration  ~ ""                                    ~ 2w                     ~ 1209600000
            bytes     ~ ""                                    ~ 10 MB                  ~ 10000000
            bytes     ~ ""                                    ~ 1.5GiB                 ~ 1610612736
            bytes     ~ ""                                    ~ "'512'"                ~ 512
            bytes     ~ ""                                    ~ 1KB                    ~ 1000
            bytes     ~ ""                                    ~ 0.5 B                  ~ 1
            bytes     ~ ""                                    ~ 7 EiB                  ~ 8070450532247928832
            """)
    void reads(String kind, String options, String text, String expected) throws Exception {
        YamlStep step = step(kind, options, "string");

        assertThat(step.problems()).isEmpty();
        assertThat(step.run("{ f: " + text + " }")).isEqualTo("{f: " + expected + "}");
        assertThat(step.run("{ f: \"  " + text.replaceAll("^['\"]|['\"]$", "") + " \" }"))
                .as("with spaces around")
                .isEqualTo("{f: " + expected + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            timestamp ~ ""                                    ~ 2026-01-31T12:00:00
            timestamp ~ ""                                    ~ 2026-02-30T12:00:00Z
            timestamp ~ "formats: ['dd.MM.yyyy HH:mm'], zone: Europe/Berlin" ~ 29.03.2026 02:30
            timestamp ~ "formats: ['dd.MM.yyyy HH:mm'], zone: Europe/Berlin" ~ 31.04.2026 12:00
            timestamp ~ "formats: ['dd.MM.yyyy HH:mm'], zone: Europe/Berlin" ~ 1.04.2026 12:00
            timestamp ~ "formats: [epoch-seconds]"            ~ "'99999999999999'"
            timestamp ~ "formats: [epoch-seconds]"            ~ "'1e99'"
            timestamp ~ "formats: [epoch-seconds]"            ~ "'99999999999999999999999.5'"
            timestamp ~ "formats: [epoch-millis]"             ~ "'1.5'"
            date      ~ ""                                    ~ 2023-02-29
            date      ~ ""                                    ~ 2023-02-28x
            number    ~ ""                                    ~ "'1,23.5'"
            number    ~ ""                                    ~ "'1234,567'"
            number    ~ ""                                    ~ "'1,2345'"
            number    ~ ""                                    ~ "',123'"
            number    ~ ""                                    ~ "'1,,234'"
            number    ~ ""                                    ~ "'1.'"
            number    ~ ""                                    ~ "'-'"
            number    ~ ""                                    ~ "''"
            number    ~ ""                                    ~ "'1.2.3'"
            number    ~ locale: de                            ~ "'1.234.5'"
            number    ~ "locale: en-IN"                       ~ "'123,45,67'"
            number    ~ "to: 'decimal(5,2)'"                  ~ "'1.234'"
            number    ~ "to: long"                            ~ "'1.5'"
            number    ~ "percent: true"                       ~ "'12.5'"
            boolean   ~ ""                                    ~ yes
            duration  ~ ""                                    ~ P1M
            duration  ~ ""                                    ~ 30m1h
            duration  ~ ""                                    ~ 1.5h30m
            duration  ~ ""                                    ~ 1h1h
            duration  ~ ""                                    ~ "'90'"
            duration  ~ ""                                    ~ "'01:60:00'"
            duration  ~ ""                                    ~ "'01:30'"
            duration  ~ ""                                    ~ "'1:2:3'"
            duration  ~ ""                                    ~ "'1:2'"
            duration  ~ ""                                    ~ "':'"
            duration  ~ ""                                    ~ 99999999999999999999h
            duration  ~ ""                                    ~ 9223372036854775807h
            duration  ~ ""                                    ~ PT999999999999999999H
            bytes     ~ ""                                    ~ 10 Mb
            bytes     ~ ""                                    ~ 10K
            bytes     ~ ""                                    ~ -1 B
            bytes     ~ ""                                    ~ 8 EiB
            bytes     ~ ""                                    ~ MB
            bytes     ~ ""                                    ~ 1.2.3 MB
            """)
    void refuses(String kind, String options, String text) throws Exception {
        assertThat(step(kind, options, "string").run("{ f: " + text + " }"))
                .startsWith("reject PARSE_FAILED: field 'f': read '")
                .endsWith(", expected " + kind);
        String and = options.isEmpty() ? "" : options + ", ";
        assertThat(step(kind, and + "on-failure: \"null\"", "string").run("{ f: " + text + " }"))
                .isEqualTo("{f: null}");
    }

    @Test
    void refusesAVeryLongText() throws Exception {
        assertThat(step("number", "", "string").run("{ f: '" + "1".repeat(257) + "' }"))
                .startsWith("reject PARSE_FAILED: field 'f': read '1111")
                .contains("(257 characters)");
    }

    @Test
    void nullStaysNullAndANewFieldLeavesTheText() throws Exception {
        YamlStep step = step("number", "into: n", "string?");

        assertThat(step.output()).isEqualTo("{f: string?, n: double?}");
        assertThat(step.run("{ f: '2' }")).isEqualTo("{f: 2, n: 2.0}");
        assertThat(step.run("{ f: null }")).isEqualTo("{f: null, n: null}");
        assertThat(step("number", "", "string").output()).isEqualTo("{f: double}");
        assertThat(step("number", "on-failure: \"null\"", "string").output()).isEqualTo("{f: double?}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            timestamp ~ "formats: [iso, 'dd.MM.yyyy HH:mm']" ~ formats[1]: 'dd.MM.yyyy HH:mm' names no zone; give zone, such as UTC
            timestamp ~ "formats: ['MM/yyyy'], zone: UTC"    ~ formats[0]: 'MM/yyyy' gives no date: it needs a year, a month and a day
            timestamp ~ "formats: ['qqq foo'], zone: UTC"    ~ formats[0]: 'qqq foo' is no pattern: Unknown pattern letter: f
            timestamp ~ "zone: Berlin"                       ~ zone: expected a zone such as Europe/Berlin or +02:00, but read 'Berlin'
            timestamp ~ "formats: []"                        ~ formats: is empty; give at least one, such as iso
            timestamp ~ "percent: true"                      ~ parse.percent: is no option of timestamp; there is formats, locale, zone
            date      ~ "locale: 'not a locale'"             ~ locale: expected a language tag such as de or en-IN, but read 'not a locale'
            number    ~ "to: string"                         ~ to: expected int, long, double or decimal(10,2), but read 'string'
            number    ~ "to: long, percent: true"            ~ percent: gives a fraction, but to is long; take double or decimal(10,4)
            boolean   ~ "true-values: [y, Y]"                ~ true-values: a word stands twice among [y, Y] and [false]
            duration  ~ "zone: UTC"                          ~ parse.zone: is no option of duration, which has none
            url       ~ ""                                   ~ parse.into: is missing; url gives several values, which need a new field
            url       ~ "into: f_"                           ~ into: field 'f_' is there already; choose another name
            url       ~ "into: u, max-parameters: -1"        ~ parse.max-parameters: is -1, expected 0 to 1000
            query     ~ "into: u, which: [a-b, c, c]"        ~ which[0]: 'a-b' is no name for a field, or named twice; leave which out for a map of all
            number    ~ "on-failure: skip"                   ~ parse.on-failure: expected one of reject, null, but read 'skip'
            """)
    void tellsWhatDoesNotFit(String kind, String options, String problem) throws Exception {
        YamlStep step = new YamlStep(
                "{ parse: { field: f, as: " + kind + (options.isEmpty() ? "" : ", " + options) + " } }",
                "{ f: string, f_: int }");

        assertThat(step.problems().get(0)).isEqualTo(problem);
    }

    @Test
    void takesStringsOnly() throws Exception {
        assertThat(new YamlStep("{ parse: { field: g, as: number } }", "{ f: string }").problems())
                .containsExactly("field: no field 'g'");
        assertThat(new YamlStep("{ parse: { field: f, as: number } }", "{ f: int? }").problems())
                .containsExactly("field: field 'f' is int?, expected a string");
    }

    private static YamlStep step(String kind, String options, String type) throws Exception {
        return new YamlStep(
                "{ parse: { field: f, as: " + kind + (options.isEmpty() ? "" : ", " + options) + " } }",
                "{ f: " + type + " }");
    }
}
