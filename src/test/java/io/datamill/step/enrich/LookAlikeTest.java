package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.schema.SharedData;
import io.datamill.testing.StepRunner;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookAlikeTest {
    private static final Schema INPUT =
            SchemaBuilder.record("R").fields().optionalString("domain").endRecord();
    private static final List<String> WATCH = List.of(
            "paypal.com", "microsoft.com", "google.com", "www.example-bank.co.uk", "ebay.com", "sap.com", "mail.ru");

    @ParameterizedTest
    @CsvSource({
        "paypa1.com, paypal.com, homoglyph, 0",
        "раураl.com, paypal.com, homoglyph, 0", // Cyrillic but for the last letter
        "xn--l-7sba6dbr.com, paypal.com, homoglyph, 0", // the same, encoded
        "xn--80aa0cbo65f.com, paypal.com, homoglyph, 0", // all of it Cyrillic
        "pâypál.com, paypal.com, homoglyph, 0",
        "PAYPA1.COM., paypal.com, homoglyph, 0",
        "paypa1.net, paypal.com, homoglyph, 0",
        "rnicrosoft.com, microsoft.com, homoglyph, 0",
        "rnicr0s0ft.com, microsoft.com, homoglyph, 0",
        "g00gle.com, google.com, homoglyph, 0",
        "ɢoogle.com, google.com, edit, 1", // a small capital, which Unicode takes for none
        "paypal.example, paypal.com, suffix, 0",
        "paypal.github.io, paypal.com, suffix, 0",
        "example-bank.com, www.example-bank.co.uk, suffix, 0",
        "paypall.com, paypal.com, edit, 1",
        "payapl.com, paypal.com, edit, 1",
        "paypai.com, paypal.com, edit, 1",
        "aypal.com, paypal.com, edit, 1",
        "pay-pal.com, paypal.com, edit, 1",
        "gogle.com, google.com, edit, 1",
        "ebby.com, ebay.com, edit, 1",
        "paypal-login.com, paypal.com, embedded, 0",
        "secure-paypa1.net, paypal.com, embedded, 0",
        "my-paypal-account.com, paypal.com, embedded, 0",
        "pay-p-al.com, paypal.com, embedded, 0",
        "paypallogin.com, paypal.com, embedded, 0",
        "wwwpaypal.com, paypal.com, embedded, 0",
        "sap-support.com, sap.com, embedded, 0",
        "paypal.com.evil.example, paypal.com, subdomain, 0",
        "login.paypal-secure.evil.example, paypal.com, subdomain, 0",
        "xn--l-7sba6dbr.evil.example, paypal.com, subdomain, 0",
    })
    void findsWhatADomainLooksLike(String domain, String like, String how, int distance) throws Exception {
        GenericRecord likeness = likeness(runner(1), domain);
        assertThat(likeness.get("looks_like")).isEqualTo(like);
        assertThat(likeness.get("how")).isEqualTo(how);
        assertThat(likeness.get("distance")).isEqualTo(distance);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "paypal.com",
                "www.PayPal.com.",
                "login.example-bank.co.uk",
                "example.com",
                "papal.com.example",
                "mpayppal.com",
                "sab.com", // short names have a neighbour everywhere
                "mail.example.com",
                "webmail.example.com",
                "pineapple.com",
                "sapling.com",
                "com",
                "192.0.2.1",
                "no domain",
                "",
            })
    void findsNothing(String domain) throws Exception {
        assertThat(likeness(runner(1), domain)).hasToString("{\"looks_like\": null, \"how\": null, \"distance\": null}");
    }

    @Test
    void findsTwoEditsInLongerNamesOnly() throws Exception {
        assertThat(likeness(runner(2), "micorsotf.com").get("distance")).isEqualTo(2);
        assertThat(likeness(runner(1), "micorsotf.com").get("distance")).isNull();
        assertThat(likeness(runner(2), "paayppal.com").get("how")).isNull();
        assertThat(likeness(runner(0), "paypall.com").get("how")).isNull();
    }

    @Test
    void watchesTheDomainsOfAFileToo(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("watch"), "# customers\nexample.org\n");
        StepRunner runner = new StepRunner(
                INPUT,
                new LookAlike.Config("domain", "like", List.of("paypal.com"), new Reference(file.toString()), null));
        assertThat(likeness(runner, "exarnple.net").get("looks_like")).isEqualTo("example.org");
        assertThat(likeness(runner, "paypa1.net").get("looks_like")).isEqualTo("paypal.com");
        Files.writeString(file, "example.org\ncom\n");
        assertThatThrownBy(() -> new StepRunner(
                        INPUT, new LookAlike.Config("domain", "like", null, new Reference(file.toString()), null)))
                .hasMessageContaining("watch:2: expected a domain");
    }

    /** Unicode's confusables of each letter, as of 14.0, where IDNA lets them stand in a domain: 99% and more are seen. */
    @Test
    void seesUnicodesConfusables() throws Exception {
        StepRunner runner = runner(0);
        int asked = 0;
        int seen = 0;
        for (String line : Files.readAllLines(SharedData.find("unicode-confusables/confusables.txt"))) {
            String[] columns = line.replace("\ufeff", "").split("\\s*;\\s*");
            if (line.startsWith("#") || columns.length < 3 || columns[1].strip().length() != 4) {
                continue;
            }
            String letter = Character.toString(Integer.parseInt(columns[1].strip(), 16));
            String other = Character.toString(Integer.parseInt(columns[0].strip(), 16));
            if (!"gole".contains(letter)) {
                continue;
            }
            String domain = "google.com".replaceFirst(letter, other);
            String host = Host.ofDomain(domain);
            if (host == null || host.equals("google.com") || !IDN.toUnicode(host).contains(other)) {
                continue;
            }
            asked++;
            seen += "google.com".equals(likeness(runner, domain).get("looks_like")) ? 1 : 0;
        }
        assertThat(asked).isGreaterThan(30);
        assertThat((double) seen / asked).isGreaterThan(0.99);
    }

    @Test
    void reportsWhatDoesNotFit() throws Exception {
        assertThat(new StepRunner(INPUT, new LookAlike.Config("domian", "like", List.of("a.com", "com"), null, 1))
                        .problems())
                .containsExactly(
                        "watch[1]: expected a domain such as example.com, but read 'com'",
                        "domain: no field 'domian'; did you mean 'domain'?");
        assertThatThrownBy(() -> new LookAlike.Config("domain", "like", null, null, null))
                .hasMessageStartingWith("watch is missing");
        assertThatThrownBy(() -> new LookAlike.Config("domain", "like", WATCH, null, 3))
                .hasMessageStartingWith("distance is 3");
    }

    private static StepRunner runner(int distance) throws Exception {
        return new StepRunner(INPUT, new LookAlike.Config("domain", "like", WATCH, null, distance));
    }

    private static GenericRecord likeness(StepRunner runner, String domain) throws Exception {
        return (GenericRecord) runner.run(domain)[1];
    }
}
