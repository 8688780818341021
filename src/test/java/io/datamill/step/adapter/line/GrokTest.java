package io.datamill.step.adapter.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.Fields;
import io.datamill.schema.SharedData;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.Adapter;
import io.datamill.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class GrokTest {
    static final Fields COMBINED = FieldsText.of(
            "clientip", "string",
            "auth", "string?",
            "timestamp", "timestamp[dd/MMM/yyyy:HH:mm:ss Z]",
            "verb", "string?",
            "request", "string?",
            "httpversion", "double?",
            "response", "int",
            "bytes", "long?",
            "referrer", "string?",
            "agent", "string?");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    @Test
    void readsEveryDefinitionOfTheLibraryThatIsWhole() {
        List<String> broken = new ArrayList<>();
        for (String name : GrokLibrary.definitions().keySet()) {
            try {
                new GrokPattern("%{" + name + "}", null);
            } catch (IllegalArgumentException e) {
                broken.add(name + ": " + e.getMessage());
            }
        }
        assertThat(GrokLibrary.definitions().size()).isEqualTo(225);
        assertThat(broken).isEmpty();
    }

    @Test
    void readsTheCombinedFormatAsAHandSplitDoes() throws Exception {
        Adapter adapter = Parts.open(config("%{COMBINEDAPACHELOG}", null, COMBINED, "-"));
        Path log = SharedData.find("elastic-examples-logs/apache_combined_10k.log");
        List<String> lines = Files.readAllLines(log);
        int matched = 0;
        List<String> refused = new ArrayList<>();
        for (String line : lines) {
            Parts parts = Parts.of(adapter, line);
            if (parts.events().isEmpty()) {
                refused.add(line);
            } else {
                assertThat(parts.events().get(0)).isEqualTo(split(line));
                matched++;
            }
        }
        assertThat(lines).hasSize(10_000);
        assertThat(refused).allSatisfy(line -> assertThat(line).doesNotMatch(WELL_FORMED));
        // One line of the file ends within its last quote.
        assertThat(matched).isEqualTo(9_999);
    }

    /** Two fields, a time in brackets, a request of three words, two numbers, two texts in quotes. */
    private static final Pattern WELL_FORMED = Pattern.compile(
            "[^ ]+ [^ ]+ [^ ]+ \\[[^]]+] \"[A-Z]+ [^ \"]+ HTTP/[0-9.]+\" [0-9]+ ([0-9]+|-) \"[^\"]*\" \"[^\"]*\"");

    /** By places of characters, without an expression. */
    private static List<Object> split(String line) {
        String[] words = line.split(" ", -1);
        int open = line.indexOf('[');
        int close = line.indexOf(']');
        int quote = line.indexOf('"');
        int endQuote = line.indexOf("\" ", quote);
        String[] request = line.substring(quote + 1, endQuote).split(" ", -1);
        String[] rest = line.substring(endQuote + 2).split(" ", 3);
        int agent = rest[2].indexOf("\" \"");
        return Arrays.asList(
                words[0],
                nullable(words[2]),
                ZonedDateTime.parse(line.substring(open + 1, close), TIME)
                        .toInstant()
                        .toEpochMilli(),
                request[0],
                request[1],
                Double.valueOf(request[2].substring("HTTP/".length())),
                Integer.valueOf(rest[0]),
                rest[1].equals("-") ? null : Long.valueOf(rest[1]),
                nullable(rest[2].substring(1, agent)),
                nullable(rest[2].substring(agent + 3, rest[2].length() - 1)));
    }

    private static String nullable(String text) {
        return text.equals("-") ? null : text;
    }

    @Test
    void readsSyslogAndCommonLines() throws Exception {
        Adapter syslog = Parts.open(config("%{SYSLOGLINE}", null, null, null));
        // The example of RFC 3164, section 5.4, without its priority, which SYSLOGLINE has not.
        Parts parts = Parts.of(syslog, "Oct 11 22:14:15 mymachine su[231]: 'su root' failed for lonvick on /dev/pts/8");
        assertThat(parts.event(0))
                .containsEntry("timestamp", "Oct 11 22:14:15")
                .containsEntry("logsource", "mymachine")
                .containsEntry("program", "su")
                .containsEntry("pid", "231")
                .containsEntry("facility", null)
                .containsEntry("message", "'su root' failed for lonvick on /dev/pts/8");
        // The example of httpd.apache.org/docs/2.4/logs.html, "Common Log Format".
        Adapter common = Parts.open(config(
                "%{COMMONAPACHELOG}",
                null, FieldsText.of("auth", "string", "bytes", "int", "request", "string"), null));
        assertThat(Parts.of(
                                common,
                                "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326")
                        .events())
                .containsExactly(List.of("frank", 2326, "/apache_pb.gif"));
    }

    @Test
    void takesTheTypeBehindAFieldWhereNoFieldsAreGiven() throws Exception {
        Adapter adapter = Parts.open(config("%{COMMONAPACHELOG_DATATYPED}", null, null, null));
        assertThat(FieldTypes.describe(adapter.schema()))
                .contains("clientip: string?")
                .contains("timestamp: timestamp?")
                .contains("httpversion: double?")
                .contains("response: int?");
        Adapter own = Parts.open(config("%{WORD:who} %{NUMBER:n:long} (?<rest>.*)", null, null, null));
        assertThat(Parts.of(own, "a 5 b c").event(0)).isEqualTo(Map.of("who", "a", "n", 5L, "rest", "b c"));
        assertThat(Parts.of(own, "a 5.5 b").reasons()).containsExactly("WRONG_TYPE");
    }

    @Test
    void takesDefinitionsOfOnesOwnThatNameOthersOrReplaceThem() throws Exception {
        Adapter adapter = Parts.open(config(
                "%{PAIR} %{PAIR}!",
                Map.of("PAIR", "%{WORD:word}=%{NUM:num}", "NUM", "\\d+", "WORD", "[a-z]+"),
                FieldsText.of("word", "string", "num", "int"),
                null));
        assertThat(Parts.of(adapter, "a=1 b=2!").events()).containsExactly(List.of("a", 1));
        assertThat(Parts.of(adapter, "A=1 b=2!").reasons()).containsExactly("NO_MATCH");
    }

    @Test
    void stripsTheQuotesOfAQuotedStringOnly() throws Exception {
        Adapter adapter = Parts.open(config("%{QS:a} %{GREEDYDATA:b}", null, null, null));
        assertThat(Parts.of(adapter, "\"x \\\" y\" \"z\"").events()).containsExactly(List.of("x \\\" y", "\"z\""));
    }

    @Test
    void refusesDefinitionsThatGoInCirclesGrowOrAreNotThere() {
        assertThatThrownBy(() -> config("%{A}", Map.of("A", "%{B}", "B", "x%{A}"), null, null))
                .hasMessage("pattern has %{A} within itself: A > B > A");
        assertThatThrownBy(() -> config("%{WROD:x}", null, null, null))
                .hasMessage("pattern names %{WROD}, which is not defined; did you mean 'WORD'?");
        assertThatThrownBy(() -> config("%{WORD:a>b}", null, null, null)).hasMessageContaining("expected %{NAME}");
        assertThatThrownBy(() -> config("%{}", null, null, null)).hasMessageContaining("expected %{NAME}");
        assertThatThrownBy(() -> config("%{X}", Map.of("X", "("), null, null)).hasMessageStartingWith("pattern is no");
        assertThatThrownBy(() -> config("a", Map.of("a b", "x"), null, null))
                .hasMessageStartingWith("patterns has 'a b'");
        Map<String, String> doubling = new java.util.HashMap<>(Map.of("D0", "0123456789"));
        for (int i = 1; i <= 20; i++) {
            doubling.put("D" + i, "%{D" + (i - 1) + "}%{D" + (i - 1) + "}");
        }
        assertThatThrownBy(() -> config("%{D20}", doubling, null, null)).hasMessageContaining("is longer than 200000");
    }

    @Test
    void reportsFieldsThatThePatternDoesNotCapture() {
        assertThat(Parts.problems(config("%{COMBINEDAPACHELOG}", null, FieldsText.of("referer", "string"), null)))
                .containsExactly("fields.referer: the pattern names no 'referer'; did you mean 'referrer'?");
        assertThat(Parts.problems(config("%{WORD}", null, null, null)))
                .containsExactly("pattern: captures nothing; write %{NAME:field}");
        assertThat(Parts.problems(config("%{WORD:a-b}", null, null, null)))
                .singleElement()
                .asString()
                .startsWith("pattern: captures 'a-b'");
        assertThat(Parts.problems(config("%{WORD:a:integer}", null, null, null)))
                .singleElement()
                .asString()
                .startsWith("pattern: captures 'a' as 'integer'");
    }

    @Test
    void travelsClosed() throws Exception {
        Adapter arrived = InstantiationUtil.clone(
                config("%{COMBINEDAPACHELOG}", null, COMBINED, "-").plan((option, message) -> {}));
        arrived.open();
        Parts parts = Parts.of(arrived, "::1 - - [17/May/2015:10:05:03 +0200] \"-\" 408 - \"-\" \"-\"");
        assertThat(parts.event(0))
                .containsEntry(
                        "timestamp", Instant.parse("2015-05-17T08:05:03Z").toEpochMilli())
                .containsEntry("request", null)
                .containsEntry("agent", null);
    }

    static Grok.Config config(String pattern, Map<String, String> patterns, Fields fields, String nullMarker) {
        return new Grok.Config(pattern, patterns, fields, null, null, null, nullMarker, null);
    }
}
