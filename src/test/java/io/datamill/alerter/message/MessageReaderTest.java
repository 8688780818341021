package io.datamill.alerter.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
    private final MessageReader reader = new MessageReader();

    @Test
    void readsAVerdict() throws Exception {
        VerdictEvent event = (VerdictEvent) read("{'tenant':'acme','event_id':'e1','event_time':'2026-01-31T12:00:00Z',"
                + "'verdict':'quarantine','rule':'r','fields':{'from_domain':'evil.example','count':3}}");
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.verdict()).isEqualTo(Verdict.QUARANTINE);
        assertThat(event.monitored()).isFalse();
        assertThat(event.text("from_domain")).isEqualTo("evil.example");
        assertThat(event.text("rule")).isEqualTo("r");
        assertThat(event.text("count")).isEqualTo("3");
        assertThat(event.text("none")).isEmpty();
    }

    @Test
    void readsAnAlertOfAJob() throws Exception {
        assertThat(read("{'type':'alert','id':'a1','at':'2026-01-31T12:00:00Z','title':'model refused'}"))
                .isInstanceOf(Notice.class)
                .extracting(Message::tenant, Message::id)
                .containsExactly("", "a1");
    }

    @Test
    void knowsWhatIsOnlyMonitored() throws Exception {
        String monitored =
                "{'tenant':'a','event_id':'e','event_time':'2026-01-31T12:00:00Z','verdict':'label','monitored':%s}";
        assertThat(((VerdictEvent) read(String.format(monitored, "true"))).monitored())
                .isTrue();
        assertThat(((VerdictEvent) read(String.format(monitored, "'true'"))).monitored())
                .isTrue();
        assertThat(((VerdictEvent) read(String.format(monitored, "false"))).monitored())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no|not JSON",
                "[]|no JSON object",
                "{} {}|not JSON",
                "{'tenant':'a','tenant':'b'}|not JSON: Duplicate",
                "{'type':'alarm'}|type: expected alert",
                "{'event_id':'e'}|tenant is missing",
                "{'tenant':7}|tenant: expected a text",
                "{'tenant':'a','event_id':'e','verdict':'block'}|verdict: expected quarantine",
                "{'tenant':'a','event_id':'e','verdict':'pass','event_time':'now'}|event_time: no time",
                "{'tenant':'a','event_id':'e','verdict':'pass','event_time':'+1000000000-12-31T23:59:59Z'}|outside 1970",
                "{'tenant':'a\\u0000','event_id':'e'}|U+0000",
                "{'tenant':'a','event_id':'\\ud800'}|half a character"
            })
    void refusesWhatItDoesNotKnow(String message, String reason) {
        assertThatThrownBy(() -> read(message))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAnIdThatNoIndexHolds() {
        assertThatThrownBy(() -> read("{'tenant':'a','event_id':'" + "e".repeat(1_500) + "'}"))
                .hasMessageContaining("longer than");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThatThrownBy(() -> reader.read(new byte[] {'{', (byte) 0xff, '}'}))
                .hasMessage("not UTF-8");
    }

    private Message read(String message) throws UnreadableMessageException {
        return reader.read(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
