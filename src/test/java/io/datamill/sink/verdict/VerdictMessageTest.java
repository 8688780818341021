package io.datamill.sink.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.alerter.message.MessageReader;
import io.datamill.alerter.message.Verdict;
import io.datamill.alerter.message.VerdictEvent;
import io.datamill.sink.render.FieldPath;
import io.datamill.testing.Outcomes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictMessageTest {
    @Test
    void includesTheFieldsThatAreNamedAndNoOthers() throws Exception {
        JsonNode json =
                new ObjectMapper().readTree(message("subject", "received_at", "trust.score", "attachment_count"));
        assertThat(json.path("fields").toString())
                .isEqualTo("{\"subject\":\"s\",\"received_at\":\"2002-09-01T12:00:00.120Z\",\"trust.score\":0.75,"
                        + "\"attachment_count\":null}");
        assertThat(json.has("subject")).isFalse();
        assertThat(new ObjectMapper().readTree(message()).has("fields")).isFalse();
    }

    @Test
    void theAlerterReadsIt() throws Exception {
        VerdictEvent event = (VerdictEvent) new MessageReader().read(message("subject"));
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.id()).isEqualTo("id");
        assertThat(event.verdict()).isEqualTo(Verdict.PASS);
        assertThat(event.text("subject")).isEqualTo("s");
    }

    private static byte[] message(String... included) {
        List<FieldPath> fields = Stream.of(included)
                .map(path -> FieldPath.of(path, Outcomes.SCHEMA))
                .toList();
        VerdictMessage message = new VerdictMessage(Outcomes.PIPELINE, Outcomes.SCHEMA, fields);
        message.open(null);
        return message.serialize(Outcomes.of("id", 1, "s"));
    }
}
