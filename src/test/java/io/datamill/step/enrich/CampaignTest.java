package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.testing.StepRunner;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignTest {
    private static final Schema INPUT =
            SchemaBuilder.record("R").fields().optionalString("url").endRecord();

    @Test
    void readsTheParameters() throws Exception {
        GenericRecord campaign = campaign("https://example.com/a?x=1&utm_source=news&UTM_Medium=email&utm_campaign=spring"
                + "&utm_term=a+b&utm_content=c%26d&gclid=1&msclkid=2&fbclid=#utm_source=no");
        assertThat(campaign).hasToString("{\"utm_source\": \"news\", \"utm_medium\": \"email\", \"utm_campaign\":"
                + " \"spring\", \"utm_term\": \"a b\", \"utm_content\": \"c&d\", \"gclid\": true, \"fbclid\": false,"
                + " \"msclkid\": true}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/?utm_source=gr%C3%BCn%F0%9F%98%80, grün😀",
        "http://a/?utm_source=a&utm_source=b, a",
        "?utm_source=a&, a",
        "http://a/?utm_source=a=b?c, a=b?c",
        "http://a/?utm_source=100%, 100%",
        "http://a/?utm_source=%zz%4, %zz%4",
        "http://a/?utm_source=%C3, %C3", // no UTF-8
        "http://a/?utm_source=a%00b%0A, 'a b '",
        "http://a/?utm_source=,",
        "http://a/?utm_source,",
        "http://a/?&&=&=a,",
        "http://a/utm_source=a,",
        "http://a/?xutm_source=a,",
        "http://a/#?utm_source=a,",
        "'',",
        ",",
    })
    void readsASource(String url, String source) throws Exception {
        assertThat(campaign(url).get("utm_source")).isEqualTo(source);
    }

    @Test
    void keepsTheFirst256CharactersOfAValueAndReadsTheFirst8192OfTheUrl() throws Exception {
        String long255 = "a".repeat(255);
        assertThat(campaign("?utm_source=" + "a".repeat(5_000)).get("utm_source")).isEqualTo("a".repeat(256));
        assertThat(campaign("?utm_source=" + long255 + "%F0%9F%98%80").get("utm_source"))
                .as("no half of a character")
                .isEqualTo(long255);
        assertThat(campaign("?x=" + "a".repeat(8_192) + "&utm_source=a").get("utm_source"))
                .isNull();
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> new Campaign.Config("", "c")).hasMessageStartingWith("url ");
        assertThatThrownBy(() -> new Campaign.Config("url", null)).hasMessageStartingWith("as ");
    }

    private static GenericRecord campaign(String url) throws Exception {
        return (GenericRecord) new StepRunner(INPUT, new Campaign.Config("url", "campaign")).run(url)[1];
    }
}
