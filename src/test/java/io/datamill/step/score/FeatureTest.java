package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTest {
    private static final double ABSENT = -7;

    @Test
    void takesANumberAsItIsAndOneThatIsNotFiniteAsAbsent() {
        Feature ratio = new Feature.Numeric("ratio", ABSENT);
        assertThat(of(ratio, Map.of("ratio", 0.25))).isEqualTo(0.25);
        assertThat(of(ratio, Map.of("ratio", Double.NaN))).isEqualTo(ABSENT);
        assertThat(of(ratio, Map.of("ratio", Double.NEGATIVE_INFINITY))).isEqualTo(ABSENT);
        assertThat(of(ratio, Map.of())).isEqualTo(ABSENT);
        assertThat(of(new Feature.Numeric("size", 0), Map.of("size", 5L))).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-3, 0", "1, 0.6931471805599453", "1023, 6.931471805599453", "5000000, 15.424948670398354"})
    void takesTheLogarithmOfOneMore(long size, double expected) {
        Feature feature = new Feature.Log1p(new Feature.Numeric("size", 0));
        assertThat(of(feature, Map.of("size", size))).isEqualTo(expected);
    }

    @Test
    void tellsWhetherAFlagIsTrueAndATextIsThere() {
        assertThat(of(new Feature.Flag("first", ABSENT), Map.of("first", true))).isEqualTo(1);
        assertThat(of(new Feature.Flag("first", ABSENT), Map.of("first", false)))
                .isEqualTo(0);
        assertThat(of(new Feature.Flag("first", ABSENT), Map.of())).isEqualTo(ABSENT);
        assertThat(of(new Feature.Present("subject"), Map.of("subject", "x"))).isEqualTo(1);
        assertThat(of(new Feature.Present("subject"), Map.of())).isEqualTo(0);
    }

    @Test
    void takesTheEmptyTextOfAnOlderSchemaAsTheNullOfANewer() {
        for (Feature feature : List.of(
                new Feature.Category("subject", "", ABSENT),
                new Feature.Prefix("subject", "", ABSENT),
                new Feature.Contains("subject", "", ABSENT),
                new Feature.Length("subject", ABSENT),
                new Feature.Share("subject", CharacterClass.DIGIT, ABSENT),
                new Feature.SameDomain("subject", "from_domain", ABSENT),
                new Feature.DomainListed("subject", "domains", ABSENT))) {
            Map<String, ?> rest = Map.of("from_domain", "a.org", "domains", List.of("a.org"));
            assertThat(of(feature, rest)).as("null for %s", feature).isEqualTo(ABSENT);
            Map<String, ?> empty = Map.of("subject", "", "from_domain", "a.org", "domains", List.of("a.org"));
            assertThat(of(feature, empty)).as("empty for %s", feature).isEqualTo(ABSENT);
        }
    }

    @Test
    void comparesTextsAsDeclared() {
        Map<String, ?> mail = Map.of("subject", "RE: WIN 100!");
        assertThat(of(new Feature.Category("subject", "RE: WIN 100!", ABSENT), mail))
                .isEqualTo(1);
        assertThat(of(new Feature.Category("subject", "re: win 100!", ABSENT), mail))
                .isEqualTo(0);
        assertThat(of(new Feature.Prefix("subject", "re:", ABSENT), mail)).isEqualTo(1);
        assertThat(of(new Feature.Prefix("subject", "e:", ABSENT), mail)).isEqualTo(0);
        assertThat(of(new Feature.Contains("subject", "!", ABSENT), mail)).isEqualTo(1);
        assertThat(of(new Feature.Contains("subject", "?", ABSENT), mail)).isEqualTo(0);
        assertThat(of(new Feature.Length("subject", ABSENT), mail)).isEqualTo(12);
        assertThat(of(new Feature.Share("subject", CharacterClass.UPPER_CASE, ABSENT), mail))
                .isEqualTo(5 / 12.0);
        assertThat(of(new Feature.Share("subject", CharacterClass.DIGIT, ABSENT), mail))
                .isEqualTo(3 / 12.0);
        assertThat(of(new Feature.Share("subject", CharacterClass.UPPER_CASE, ABSENT), Map.of("subject", "ÄÖaß")))
                .isEqualTo(0.5);
    }

    @Test
    void countsTheElementsOfAList() {
        assertThat(of(new Feature.Length("domains", ABSENT), Map.of("domains", List.of("a", "b"))))
                .isEqualTo(2);
        assertThat(of(new Feature.Length("domains", ABSENT), Map.of("domains", List.of())))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "bounce@mail.A.org, a.org, 1",
        "a.org, www.a.org, 1",
        "<1@a.org>, a.org, 1",
        "a.org, <1@x.a.org>, 1",
        "ba.org, a.org, 0",
        "x@ba.org, a.org, 0",
        "a.org.evil.com, a.org, 0",
        "x@, a.org, 0",
        "@, @, 0",
    })
    void holdsADomainAndThoseBelowItForTheSame(String one, String other, double expected) {
        Feature same = new Feature.SameDomain("reply_to", "from_domain", ABSENT);
        assertThat(of(same, Map.of("reply_to", one, "from_domain", other))).isEqualTo(expected);
        Feature listed = new Feature.DomainListed("reply_to", "domains", ABSENT);
        assertThat(of(listed, Map.of("reply_to", one, "domains", List.of("z.net", other))))
                .isEqualTo(expected);
    }

    @Test
    void findsNoDomainInAListThatIsEmpty() {
        Feature listed = new Feature.DomainListed("reply_to", "domains", ABSENT);
        assertThat(of(listed, Map.of("reply_to", "a.org", "domains", List.of())))
                .isEqualTo(ABSENT);
    }

    @Test
    void tellsTheSecondsFromOneTimeToALaterOne() {
        Map<String, ?> mail = Map.of("sent_at", 10_000L, "hops", List.of(hop(90_000), hop(12_500)));
        assertThat(of(new Feature.SecondsAfter("hops[-1].at", "sent_at", ABSENT), mail))
                .isEqualTo(2.5);
        assertThat(of(new Feature.SecondsAfter("hops[0].at", "sent_at", ABSENT), mail))
                .isEqualTo(80);
        assertThat(of(new Feature.SecondsAfter("sent_at", "hops[0].at", ABSENT), mail))
                .isEqualTo(0);
        assertThat(of(new Feature.SecondsAfter("hops[2].at", "sent_at", ABSENT), mail))
                .isEqualTo(ABSENT);
        assertThat(of(new Feature.SecondsAfter("hops[-3].at", "sent_at", ABSENT), mail))
                .isEqualTo(ABSENT);
    }

    @Test
    void namesTheFieldThatIsNotThereAndTheNearestOne() {
        assertRefused(new Feature.Present("subjct"), "no field 'subjct'; did you mean 'subject'?");
        assertRefused(new Feature.SecondsAfter("hops[0].att", "sent_at", 0), "no field 'att'; did you mean 'at'?");
        assertRefused(new Feature.Present("a b"), "'a b' is not a field's path");
    }

    @Test
    void namesTheTypeThatIsExpected() {
        assertRefused(new Feature.Numeric("subject", 0), "'subject' is string; expected a plain number");
        assertRefused(new Feature.Numeric("sent_at", 0), "'sent_at' is timestamp-millis; expected a plain number");
        assertRefused(
                new Feature.Log1p(new Feature.Numeric("first", 0)), "'first' is boolean; expected a plain number");
        assertRefused(new Feature.Flag("size", 0), "'size' is long; expected a boolean");
        assertRefused(new Feature.Present("size"), "'size' is long; expected a string");
        assertRefused(new Feature.Length("size", 0), "'size' is long; expected a string or an array");
        assertRefused(new Feature.DomainListed("subject", "hops", 0), "'hops' is array; expected an array of strings");
        assertRefused(new Feature.SecondsAfter("size", "sent_at", 0), "'size' is long; expected a timestamp-millis");
        assertRefused(new Feature.Present("subject.length"), "'length' is string; expected a field of a record");
        assertRefused(new Feature.Present("subject[0]"), "'subject[0]' is string; expected an array");
    }

    private static void assertRefused(Feature feature, String message) {
        assertThatThrownBy(() -> feature.plan(Rows.SCHEMA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static GenericRecord hop(long at) {
        GenericRecord hop = new GenericData.Record(Rows.HOP_SCHEMA);
        hop.put("at", at);
        return hop;
    }

    private static double of(Feature feature, Map<String, ?> fields) {
        return feature.plan(Rows.SCHEMA).of(Rows.of(fields));
    }
}
