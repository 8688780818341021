package io.datamill.step.adapter.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.Fields;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.line.Logfmt.Unknown;
import io.datamill.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtTest {
    private static final Fields TEXT = FieldsText.of("a", "string?", "b", "string?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            nullValues = "NULL",
            value = {
                "a=1 b=2|1|2",
                "  a=1\t\tb=2  |1|2",
                "a=\"x y\" b=\"\"|x y|!!",
                "a= b=x|!!|x",
                "a b|NULL|NULL",
                "a=\"\\\"\\\\\\/\\u00e4\\u20AC\"|\"\\/\u00e4\u20ac|NULL",
                "a=\"\\ud83d\\ude00\"|\ud83d\ude00|NULL",
                "a=http://h/?q=1&r=2|http://h/?q=1&r=2|NULL",
                "a=b=c b=\u00e4|b=c|\u00e4",
                "c=1 d|NULL|NULL"
            })
    void readsPairsQuotesAndEscapes(String line, String a, String b) throws Exception {
        assertThat(Parts.of(Parts.open(config(TEXT, Unknown.IGNORE)), line).events())
                .containsExactly(Arrays.asList(a, b));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1", "a==\"1\"", "a=\"1", "a=\"1\\", "a=\"1\\\"", "a=\"1\"b=2", "a=x\"y\"", "\"a\"=1", "a\"b\"=1", "a=\"\\x\"",
                "a=\"\\u12\"", "a=\"\\u12g4\"", "a=\"\\ud83d\"", "a=\"\\ud83d\\u0041\"", "a=\"\\ude00\"", "a=\"\\u\uff11234\""
            })
    void refusesWhatIsNoPair(String line) throws Exception {
        Parts parts = Parts.of(Parts.open(config(TEXT, Unknown.IGNORE)), line + "\na=1");
        assertThat(parts.reasons()).containsExactly("MALFORMED_PAIR");
        assertThat(parts.rejected(0)).asString(StandardCharsets.UTF_8).isEqualTo(line);
        assertThat(parts.events()).containsExactly(Arrays.asList("1", null));
    }

    @Test
    void typesTheValuesAndSaysWhatIsMissing() throws Exception {
        Adapter adapter = Parts.open(config(
                FieldsText.of("n", "long", "ok", "boolean?", "d", "double?", "e", "enum(x,y)?"), Unknown.IGNORE));
        Parts parts = Parts.of(adapter, "n=5 ok d=1.5 e=y\nn=6 ok=false d= e=\nn=x\nok\nn=\nn=1 e=z\nn");
        assertThat(parts.events().get(0).subList(0, 3)).containsExactly(5L, true, 1.5);
        assertThat(parts.events().get(0).get(3)).hasToString("y");
        assertThat(parts.events().get(1)).containsExactly(6L, false, null, null);
        assertThat(parts.reasons())
                .containsExactly("WRONG_TYPE", "MISSING_FIELD", "MISSING_FIELD", "WRONG_TYPE", "MISSING_FIELD");
        assertThat(parts.message(1)).startsWith("n is missing");
        assertThat(parts.message(2)).startsWith("n has no value");
    }

    @Test
    void refusesAKeyThatIsTakenTwiceButForgetsTheLineBefore() throws Exception {
        Parts parts = Parts.of(Parts.open(config(TEXT, Unknown.IGNORE)), "a=1\na=1 a=1\na=2\na a\nc=1 c=2");
        assertThat(parts.reasons()).containsExactly("DUPLICATE_NAME", "DUPLICATE_NAME");
        assertThat(parts.events()).hasSize(3);
    }

    @Test
    void ignoresKeepsOrRefusesKeysItDoesNotKnow() throws Exception {
        String line = "a=1 c=\"x y\" d";
        assertThat(Parts.of(Parts.open(config(TEXT, Unknown.REFUSE)), line).reasons()).containsExactly("UNKNOWN_FIELD");
        Adapter keeping = Parts.open(config(TEXT, Unknown.KEEP));
        assertThat(Parts.of(keeping, line).events())
                .containsExactly(Arrays.asList("1", null, Map.of("c", "x y", "d", "")));
        assertThat(Parts.of(keeping, "c=1 c=2").reasons()).containsExactly("DUPLICATE_NAME");
        assertThat(Parts.problems(config(FieldsText.of("unknown", "string"), Unknown.KEEP)))
                .containsExactly("unknown: keep adds a field 'unknown', which is there already");
    }

    @Test
    void takesKeysThatAreNoNamesOfFields() throws Exception {
        Map<String, String> names = Map.of("a", "http.status-code");
        Adapter adapter = Parts.open(new Logfmt.Config(TEXT, names, null, null, null));
        assertThat(Parts.of(adapter, "http.status-code=200 b=1").events()).containsExactly(List.of("200", "1"));
        assertThat(Parts.problems(new Logfmt.Config(TEXT, Map.of("a", "b"), null, null, null)))
                .containsExactly("names.b: has the key of 'a'");
        assertThat(Parts.problems(new Logfmt.Config(TEXT, Map.of("x", "y"), null, null, null)))
                .containsExactly("names.x: no field 'x'");
        assertThat(Parts.problems(config(FieldsText.of("a", "map<string>"), null)))
                .singleElement()
                .asString()
                .startsWith("fields.a: ");
        assertThatThrownBy(() -> config(null, null)).hasMessageStartingWith("fields is missing");
    }

    @Test
    void travelsClosedAndGivesTheProjectedFieldsOnly() throws Exception {
        for (Unknown unknown : Unknown.values()) {
            Adapter some = InstantiationUtil.clone(
                    config(TEXT, unknown).plan((option, message) -> {}).projected(List.of("b")));
            some.open();
            assertThat(Parts.of(some, "a=1 b=2").events()).containsExactly(List.of("2"));
        }
    }

    private static Logfmt.Config config(Fields fields, Unknown unknown) {
        return new Logfmt.Config(fields, null, unknown, null, null);
    }
}
