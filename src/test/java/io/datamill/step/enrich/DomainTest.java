package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.SharedData;
import io.datamill.testing.StepRunner;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {
    private static final Schema INPUT = SchemaBuilder.record("R")
            .fields()
            .optionalString("text")
            .requiredLong("size")
            .endRecord();

    /** Facts of https://publicsuffix.org/list/ and of its own test cases. */
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, com, , false",
        "a.b.example.COM., example.com, com, a.b, false",
        "b.example.example, example.example, example, b, false",
        "example.uk.com, example.uk.com, uk.com, , true",
        "shop.example.co.uk, example.co.uk, co.uk, shop, false",
        "b.c.mm, b.c.mm, c.mm, , false",
        "a.www.ck, www.ck, ck, a, false",
        "www.city.kobe.jp, city.kobe.jp, kobe.jp, www, false",
        "a.b.c.kobe.jp, b.c.kobe.jp, c.kobe.jp, a, false",
        "www.食狮.公司.cn, xn--85x722f.xn--55qx5d.cn, xn--55qx5d.cn, www, false",
        "ann.github.io, ann.github.io, github.io, , true",
        "_dmarc.example.com, example.com, com, _dmarc, false",
    })
    void findsTheRegistrableDomain(String host, String registrable, String suffix, String subdomain, boolean ofPrivate)
            throws Exception {
        GenericRecord parts = parts(host, Domain.From.DOMAIN);
        assertThat(parts.get("registrable")).isEqualTo(registrable);
        assertThat(parts.get("suffix")).isEqualTo(suffix);
        assertThat(parts.get("subdomain")).isEqualTo(subdomain);
        assertThat(parts.get("private")).isEqualTo(ofPrivate);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "192.0.2.1",
                "2001:db8::1",
                "[2001:db8::1]",
                "localhost",
                ".example.com",
                "a..com",
                "exa mple.com",
                "example.com/a",
                "1.2.3.04",
                "a.123",
                "xn--\u00e9.com",
                "a\u0000.com",
            })
    void givesNullForWhatIsNoDomainName(String text) throws Exception {
        GenericRecord parts = parts(text, Domain.From.DOMAIN);
        assertThat(parts.get("registrable")).isNull();
        assertThat(parts.get("suffix")).isNull();
        assertThat(parts.get("private")).isEqualTo(false);
    }

    @Test
    void givesASuffixButNoRegistrableDomainForASuffix() throws Exception {
        GenericRecord parts = parts("co.uk", Domain.From.DOMAIN);
        assertThat(parts.get("suffix")).isEqualTo("co.uk");
        assertThat(parts.get("registrable")).isNull();
    }

    @Test
    void givesNullForTooLongNames() throws Exception {
        assertThat(parts("a".repeat(64) + ".com", Domain.From.DOMAIN).get("registrable"))
                .isNull();
        assertThat(parts("a.".repeat(130) + "com", Domain.From.DOMAIN).get("registrable"))
                .isNull();
        assertThat(parts("\u00e9".repeat(100_000), Domain.From.URL).get("registrable"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL, ann@mail.example.com, example.com",
        "EMAIL, '<\"a@b\"@example.com>', example.com",
        "EMAIL, example.com,",
        "EMAIL, ann@,",
        "URL, https://www.example.com/path?x=http://other.net/, example.com",
        "URL, HTTP://user:pw@Example.com:8080, example.com",
        "URL, 'https://example.net\\@example.com/', example.net",
        "URL, https://example.net#@example.com, example.net",
        "URL, //cdn.example.com/a, example.com",
        "URL, example.com/a://b, example.com",
        "URL, example.com:80, example.com",
        "URL, https://192.0.2.1/,",
        "URL, 'https://[2001:db8::1]:80/',",
        "URL, https:///a.com,",
        "URL, javascript:alert(1),",
    })
    void takesTheHostOutOfAddresses(Domain.From from, String text, String registrable) throws Exception {
        assertThat(parts(text, from).get("registrable")).isEqualTo(registrable);
    }

    @Test
    void agreesWithAllCasesOfTheList() throws Exception {
        String cases = Files.readString(SharedData.find("publicsuffix/tests/test_psl.txt"));
        Matcher line = Pattern.compile("(?m)^checkPublicSuffix\\((null|'(.*)'), (null|'(.*)')\\);$")
                .matcher(cases);
        int count = 0;
        while (line.find()) {
            count++;
            String expected = line.group(4) == null ? null : Host.ofDomain(line.group(4));
            assertThat(parts(line.group(2), Domain.From.DOMAIN).get("registrable"))
                    .as(line.group())
                    .isEqualTo(expected);
        }
        assertThat(count).isEqualTo(78);
    }

    @Test
    void reportsWhatDoesNotFit() throws Exception {
        assertThat(new StepRunner(INPUT, new Domain.Config("size", "text", null)).problems())
                .containsExactly(
                        "as: field 'text' is there already; choose another name",
                        "field: field 'size' is long, expected a string");
        assertThatThrownBy(() -> new Domain.Config(null, "d", null)).hasMessageStartingWith("field ");
        assertThatThrownBy(() -> new Domain.Config("text", "1", null)).hasMessageStartingWith("as ");
    }

    private static GenericRecord parts(String text, Domain.From from) throws Exception {
        StepRunner domain = new StepRunner(INPUT, new Domain.Config("text", "domain", from));
        return (GenericRecord) domain.run(text, 1L)[2];
    }
}
