package io.datamill.sink.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.alerter.message.MessageReader;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Alert;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlertStreamTest {
    @Test
    void tellsTwoPipelinesApartThatHaveTheSameToTell() throws Exception {
        Alert alert = new Alert("id", "releases", "", "title", "text", 0);

        String one = message("one", alert);
        String two = message("two", alert);

        assertThat(one)
                .isEqualTo(
                        "{\"type\":\"alert\",\"id\":\"one/id\",\"pipeline\":\"one@0123456789ab\",\"source\":\"releases\","
                                + "\"tenant\":\"\",\"title\":\"title\",\"text\":\"text\",\"at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(two).contains("\"id\":\"two/id\"");
        assertThat(new MessageReader()
                        .read(one.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .contains("one/id");
    }

    private static String message(String pipeline, Alert alert) {
        return new String(
                new AlertStream.Message(new PipelineVersion(pipeline, "0123456789ab", 0)).serialize(alert),
                StandardCharsets.UTF_8);
    }
}
