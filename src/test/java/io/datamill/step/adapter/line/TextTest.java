package io.datamill.step.adapter.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.Adapter;
import io.datamill.testing.Parts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final String PATTERN = "(?<remote_ip>\\S+) (?<status>\\d+|-)(?: (?<at>\\S+))?";
    private static final Fields FIELDS = FieldsText.of("remote_ip", "string", "status", "int?", "at", "timestamp?");

    @Test
    void givesAnEventForEachLineThatIsNotBlank() throws Exception {
        Adapter adapter = Parts.open(config(PATTERN, FIELDS));
        Parts parts = Parts.of(adapter, "\n::1 200 2026-01-31T12:00:00Z\r\n \t\n192.0.2.1 - \n192.0.2.1 404");
        assertThat(parts.events())
                .containsExactly(
                        List.of("::1", 200, Instant.parse("2026-01-31T12:00:00Z").toEpochMilli()),
                        Arrays.asList("192.0.2.1", 404, null));
        assertThat(parts.reasons()).containsExactly("NO_MATCH");
        assertThat(parts.rejected(0)).asString(StandardCharsets.UTF_8).isEqualTo("192.0.2.1 - ");
        assertThat(parts.part(1)).asString(StandardCharsets.UTF_8).isEqualTo("192.0.2.1 404");
        assertThat(Parts.of(adapter, parts.part(0)).events()).containsExactly(parts.events().get(0));
        assertThat(Parts.of(adapter, " \n\n").events()).isEmpty();
        assertThat(Parts.of(adapter, "").events()).isEmpty();
    }

    @Test
    void theOnlyLineOfARecordIsTheRecord() throws Exception {
        Adapter adapter = Parts.open(config(PATTERN, FIELDS));
        byte[] record = "\n::1 200\n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Parts.of(adapter, record).part(0)).isSameAs(record);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(record);
        }
        assertThat(Parts.of(adapter, gzip.toByteArray()).events()).containsExactly(Arrays.asList("::1", 200, null));
    }

    @Test
    void readsARecordAsOneLineWhereToldTo() throws Exception {
        Adapter adapter = Parts.open(new Text.Config(
                "(?s)(?<first>\\S+)\\n(?<rest>.*)", FieldsText.of("first", "string", "rest", "string"), null,
                Lines.SINGLE, null, null, null));
        assertThat(Parts.of(adapter, "a\nb\n c\n").events()).containsExactly(List.of("a", "b\n c"));
    }

    @Test
    void readsInTheCharsetNamedAndRefusesWhatIsNoTextInIt() throws Exception {
        Fields fields = FieldsText.of("name", "string");
        Adapter latin = Parts.open(new Text.Config("(?<name>.*)", fields, "iso-8859-1", null, null, null, null));
        byte[] umlauts = "\u00e4\n\u00f6".getBytes(StandardCharsets.ISO_8859_1);
        Parts parts = Parts.of(latin, umlauts);
        assertThat(parts.events()).containsExactly(List.of("\u00e4"), List.of("\u00f6"));
        assertThat(parts.part(1)).containsExactly(0xf6);
        Adapter utf8 = Parts.open(config("(?<name>.*)", fields));
        assertThatThrownBy(() -> Parts.of(utf8, umlauts))
                .isInstanceOfSatisfying(RejectedEventException.class, e -> assertThat(e.reason())
                        .isEqualTo("MALFORMED_TEXT"));
    }

    @Test
    void takesTheAlternativeThatTookPartAndTheNullMarkerAsNull() throws Exception {
        Adapter adapter = Parts.open(new Text.Config(
                "a=(?<v>\\S+)|b=(?<v>\\S+)", FieldsText.of("v", "long?"), null, null, null, "-", null));
        assertThat(Parts.of(adapter, "a=1\nb=2\nb=-").events())
                .containsExactly(List.of(1L), List.of(2L), Arrays.asList((Object) null));
    }

    @Test
    void rejectsAValueOfAnotherTypeOrOneThatIsMissing() throws Exception {
        Adapter adapter = Parts.open(config("(?<n>\\w*)(?: (?<m>\\w+))?", FieldsText.of("n", "int", "m", "string")));
        Parts parts = Parts.of(adapter, "x y\n99999999999 y\n1\n1 y");
        assertThat(parts.reasons()).containsExactly("WRONG_TYPE", "OUT_OF_RANGE", "MISSING_FIELD");
        assertThat(parts.events()).containsExactly(List.of(1, "y"));
    }

    @Test
    void givesNullsForALineThatDoesNotFitWhereToldTo() throws Exception {
        Adapter adapter = Parts.open(new Text.Config(
                "(?<n>\\d+)", FieldsText.of("n", "int?"), null, null, LinePattern.OnMismatch.NULLS, null, null));
        assertThat(Parts.of(adapter, "x\n1").events()).containsExactly(Arrays.asList((Object) null), List.of(1));
        assertThat(Parts.problems(new Text.Config(
                        "(?<n>\\d+)", FieldsText.of("n", "int"), null, null, LinePattern.OnMismatch.NULLS, null, null)))
                .singleElement()
                .asString()
                .startsWith("fields.n: may be null");
    }

    @Test
    void givesUpABacktrackingMatchAndReadsTheNextLine() throws Exception {
        Adapter adapter = Parts.open(config("(?<a>x*x*x*x*x*x*x*y)", FieldsText.of("a", "string")));
        Parts parts = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> Parts.of(adapter, "x".repeat(500) + "\nxxy"));
        assertThat(parts.reasons()).containsExactly("MATCH_TIMEOUT");
        assertThat(parts.events()).containsExactly(List.of("xxy"));
    }

    @Test
    void rejectsALineThatIsTooLongOrNestsTooDeep() throws Exception {
        Adapter adapter = Parts.open(new Text.Config(
                "(?<a>(?:x|y)*)", FieldsText.of("a", "string"), null, null, null, null, 1 << 20));
        Parts parts = Parts.of(adapter, "x".repeat((1 << 20) + 1) + "\n" + "xy".repeat(500_000) + "\nx");
        assertThat(parts.reasons()).containsExactly("LINE_TOO_LONG", "MATCH_TOO_DEEP");
        assertThat(parts.message(0)).contains("1048577").contains("1048576");
        assertThat(parts.events()).containsExactly(List.of("x"));
        Adapter usual = Parts.open(config("(?<a>.*)", FieldsText.of("a", "string")));
        assertThat(Parts.of(usual, "x".repeat(8192) + "\n" + "x".repeat(8193)).reasons()).containsExactly("LINE_TOO_LONG");
    }

    @Test
    void reportsGroupsAndFieldsThatDoNotMeet() {
        assertThat(Parts.problems(config("(?<remote>a)(?<more>b)", FieldsText.of("remote_ip", "string", "more", "string"))))
                .containsExactlyInAnyOrder(
                        "pattern: group 'remote' has no field; add it to fields, or make it (?:...)",
                        "fields.remote_ip: the pattern names no 'remote_ip'; did you mean 'remote'?");
        assertThat(Parts.problems(config("(?<a>a)", FieldsText.of("a", "array<string>"))))
                .singleElement()
                .asString()
                .startsWith("fields.a: text is no array<string>");
        assertThat(Parts.problems(config("(?<a>a)", FieldsText.of("a", "timestamp[nonsense]"))))
                .singleElement()
                .asString()
                .startsWith("fields.a: ");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        Fields fields = FieldsText.of("a", "string");
        assertThatThrownBy(() -> config("(", fields)).hasMessageStartingWith("pattern is no regular expression");
        assertThatThrownBy(() -> config(null, fields)).hasMessageStartingWith("pattern is missing");
        assertThatThrownBy(() -> config("a", null)).hasMessageStartingWith("fields is missing");
        assertThatThrownBy(() -> new Text.Config("a", fields, "utf-9", null, null, null, null))
                .hasMessageStartingWith("charset");
        assertThatThrownBy(() -> new Text.Config("a", fields, null, null, null, null, 0))
                .hasMessageStartingWith("max-line is 0");
    }

    @Test
    void travelsClosedAndGivesTheProjectedFieldsOnly() throws Exception {
        Adapter some = InstantiationUtil.clone(config(PATTERN, FIELDS)
                .plan((option, message) -> {})
                .projected(List.of("at", "remote_ip")));
        some.open();
        assertThat(Parts.of(some, "::1 200").events()).containsExactly(Arrays.asList("::1", null));
        some.close();
    }

    private static Text.Config config(String pattern, Fields fields) {
        return new Text.Config(pattern, fields, null, null, null, null, null);
    }
}
