package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailFeaturesTest {
    private static final double ABSENT = -7;
    private static final Schema HOP = SchemaBuilder.record("Hop")
            .fields()
            .optionalString("from")
            .optionalLong("at")
            .endRecord();
    private static final Schema MAIL = SchemaBuilder.record("Mail")
            .fields()
            .optionalString("name")
            .optionalString("address")
            .name("urls")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .name("hops")
            .type()
            .array()
            .items(HOP)
            .noDefault()
            .endRecord();

    @Test
    void findsOneOrganisationAmongSeveral() {
        Map<String, ?> mail = Map.of(
                "address", "a@mail.example.com",
                "urls", List.of("other.net", "www.example.com"),
                "hops", hops("unknown", null, "mx.other.net"));
        assertThat(of(new DomainFeature.SameOrganisation("address", "urls", ABSENT), mail))
                .isEqualTo(1);
        assertThat(of(new DomainFeature.SameOrganisation("address", "hops[*].from", ABSENT), mail))
                .isEqualTo(0);
        assertThat(of(new DomainFeature.SameOrganisation("hops[*].from", "urls", ABSENT), mail))
                .isEqualTo(1);
    }

    @Test
    void comparesNothingWithNothing() {
        Feature listed = new DomainFeature.SameOrganisation("address", "urls", ABSENT);
        assertThat(of(listed, Map.of("address", "a@b.org", "urls", List.of()))).isEqualTo(ABSENT);
        assertThat(of(listed, Map.of("urls", List.of("b.org")))).isEqualTo(ABSENT);
        assertThat(of(
                        new DomainFeature.SameOrganisation("address", "hops[*].from", ABSENT),
                        Map.of("address", "b.org", "hops", hops((String) null))))
                .isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "a@example.com, 2, 0, 0",
        "localhost, 1, 0, 0",
        "[192.168.2.1], 0, 1, 1",
        "192.168.2.1, 0, 1, 1",
        "x@[8.8.8.8], 0, 0, 0",
        "8.8.8.8, 0, 1, 0",
        "10.0.0.1, 0, 1, 1",
        "172.15.0.1, 0, 1, 0",
        "172.31.0.1, 0, 1, 1",
        "127.0.0.1, 0, 1, 1",
        "1.2.3, 3, 0, 0",
        "1.2.3.256, 4, 0, 0",
        "1.2.3.4.5, 5, 0, 0",
        "1..2.3, 4, 0, 0",
        "1234.1.1.1, 4, 0, 0",
        "10.0.0.1x, 4, 0, 0",
        "10.0.0.1., 5, 0, 0",
    })
    void tellsHostNamesFromAddresses(String text, double labels, double address, double inside) {
        Map<String, ?> mail = Map.of("address", text, "urls", List.of("a.org", text));
        assertThat(of(new DomainFeature.DomainLabels("address", ABSENT), mail)).isEqualTo(labels);
        assertThat(of(new DomainFeature.IpAddress("address", ABSENT), mail)).isEqualTo(address);
        assertThat(of(new DomainFeature.IpAddress("urls", ABSENT), mail)).isEqualTo(address);
        assertThat(of(new DomainFeature.PrivateAddress("address", ABSENT), mail))
                .isEqualTo(inside);
    }

    @Test
    void knowsFreeMail() {
        assertThat(of(new DomainFeature.FreeMail("address", ABSENT), Map.of("address", "a@hotmail.com")))
                .isEqualTo(1);
        assertThat(of(new DomainFeature.FreeMail("address", ABSENT), Map.of("address", "a@example.com")))
                .isEqualTo(0);
    }

    @Test
    void countsWhatDoesNotOverlap() {
        assertThat(of(new TextFeature.Count("name", "!", ABSENT), Map.of("name", "a!b!!")))
                .isEqualTo(3);
        assertThat(of(new TextFeature.Count("name", "aa", ABSENT), Map.of("name", "aaaaa")))
                .isEqualTo(2);
        assertThatThrownBy(() -> new TextFeature.Count("name", "", 0)).hasMessageContaining("value: expected");
    }

    @ParameterizedTest
    @CsvSource({
        "The Motley Fool, fool@motleyfool.com, 1",
        "Ann Lee, ann.lee@example.com, 0",
        "ann-marie, ANNMARIE@example.com, 1",
        "Best offers, info@example.com, 0",
        "abcd, xabcdx, 1",
        "abcde, abcd, 0",
    })
    void findsWordsOfFourLettersInAnotherText(String name, String address, double expected) {
        Feature shares = new TextFeature.SharesWord("name", "address", ABSENT);
        assertThat(of(shares, Map.of("name", name, "address", address))).isEqualTo(expected);
        Feature listed = new TextFeature.SharesWord("name", "urls", ABSENT);
        assertThat(of(listed, Map.of("name", name, "urls", List.of("q.net", address))))
                .isEqualTo(expected);
    }

    @Test
    void comparesWholeTextsWithoutTheirCase() {
        Feature same = new TextFeature.Same("name", "address", ABSENT);
        assertThat(of(same, Map.of("name", "A@b.org", "address", "a@B.org"))).isEqualTo(1);
        assertThat(of(same, Map.of("name", "a@b.org", "address", "a@b.or"))).isEqualTo(0);
    }

    @Test
    void tellsTheShareOfElementsThatLackAField() {
        Map<String, ?> mail = Map.of("hops", hops("a", null, "b", null));
        assertThat(of(new TextFeature.Lacking("hops[*].from", ABSENT), mail)).isEqualTo(0.5);
        assertThat(of(new TextFeature.Lacking("hops[*].at", ABSENT), mail)).isEqualTo(1);
        assertThat(of(new TextFeature.Lacking("hops[*].at", ABSENT), Map.of("hops", List.of())))
                .isEqualTo(ABSENT);
    }

    @Test
    void takesTheLargestShareOfSeveralTexts() {
        Feature digits = new Feature.Share("urls", CharacterClass.DIGIT, ABSENT);
        assertThat(of(digits, Map.of("urls", List.of("a.org", "1234", "x1")))).isEqualTo(1);
        assertThat(of(digits, Map.of("urls", List.of()))).isEqualTo(ABSENT);
    }

    @Test
    void givesAbsentForNullAndForTheEmptyText() {
        for (Feature feature : List.of(
                new TextFeature.Count("name", "x", ABSENT),
                new TextFeature.Same("name", "address", ABSENT),
                new TextFeature.SharesWord("name", "address", ABSENT),
                new DomainFeature.SameOrganisation("name", "address", ABSENT),
                new DomainFeature.DomainLabels("name", ABSENT),
                new DomainFeature.IpAddress("name", ABSENT),
                new DomainFeature.PrivateAddress("name", ABSENT),
                new DomainFeature.FreeMail("name", ABSENT))) {
            assertThat(of(feature, Map.of("address", "a@b.org")))
                    .as("%s", feature)
                    .isEqualTo(ABSENT);
            assertThat(of(feature, Map.of("name", "", "address", "a@b.org")))
                    .as("%s", feature)
                    .isEqualTo(ABSENT);
        }
    }

    @Test
    void refusesPathsThatLeadToNoTexts() {
        assertRefused("hops", "'hops' is array; expected a string or an array of strings");
        assertRefused("hops[*]", "'hops[*]': expected a list and a field, such as hops[*].from");
        assertRefused("hops[*].at", "'at' is long; expected a string");
        assertRefused("hops[*].frm", "no field 'frm'; did you mean 'from'?");
        assertRefused("urls[*].from", "'urls' is array; expected an array of records");
    }

    private static void assertRefused(String path, String message) {
        assertThatThrownBy(() -> new DomainFeature.IpAddress(path, 0).plan(MAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static List<GenericRecord> hops(String... from) {
        List<GenericRecord> hops = new ArrayList<>();
        Arrays.stream(from).forEach(name -> {
            GenericRecord hop = new GenericData.Record(HOP);
            hop.put("from", name);
            hops.add(hop);
        });
        return hops;
    }

    private static double of(Feature feature, Map<String, ?> fields) {
        Object[] values = new Object[MAIL.getFields().size()];
        fields.forEach((name, value) -> values[MAIL.getField(name).pos()] = value);
        return feature.plan(MAIL).of(values);
    }
}
