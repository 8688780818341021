package io.datamill.step.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventConfig;
import io.datamill.step.adapter.EventReader;
import io.datamill.testing.Events;
import io.datamill.testing.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudwatchLogsTest {
    /** The form of the example in docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html. */
    private static final String MESSAGE = """
            {
                "owner": "111111111111",
                "logGroup": "CloudTrail/logs",
                "logStream": "us-east-1",
                "subscriptionFilters": ["Destination"],
                "messageType": "DATA_MESSAGE",
                "logEvents": [
                    {
                        "id": "31953106606966983378809025079804211143289615424298221568",
                        "timestamp": 1432826855000,
                        "message": "{\\"eventVersion\\":\\"1.03\\"}"
                    },
                    {
                        "id": "31953106606966983378809025079804211143289615424298221569",
                        "timestamp": 1432826855001,
                        "message": "zwei \\u00fc"
                    }
                ]
            }""";

    private static final String CONTROL = """
            {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"",
             "subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1432826855000,
             "message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}""";

    private Adapter adapter;

    @BeforeEach
    void open() throws Exception {
        adapter = Parts.open(new CloudwatchLogs.Config());
    }

    @Test
    void givesAnEventForEachLogEventOfAGzippedMessage() throws Exception {
        Parts parts = Parts.of(adapter, gzip(MESSAGE));
        String id = "3195310660696698337880902507980421114328961542429822156";
        assertThat(parts.events())
                .containsExactly(
                        List.of("CloudTrail/logs", "us-east-1", "111111111111", id + 8, 1432826855000L,
                                "{\"eventVersion\":\"1.03\"}"),
                        List.of("CloudTrail/logs", "us-east-1", "111111111111", id + 9, 1432826855001L, "zwei \u00fc"));
        for (int i = 0; i < 2; i++) {
            Parts alone = Parts.of(adapter, parts.part(i));
            assertThat(alone.events()).containsExactly(parts.events().get(i));
            assertThat(alone.part(0)).isSameAs(parts.part(i));
        }
    }

    @Test
    void aControlMessageHoldsNoEventAndIsNotLost() throws Exception {
        assertThat(Parts.of(adapter, gzip(CONTROL)).events()).isEmpty();
        EventReader reader = new EventReader(
                adapter, new EventConfig("log_event_id", "log_time", null, null, null, null, null), "acme");
        reader.open();
        List<String> seen = new ArrayList<>();
        EventReader.Output out = new EventReader.Output() {
            @Override
            public void event(Event event) {
                seen.add(event.header().id());
            }

            @Override
            public void reject(SourceRecord part, RejectedEventException cause) {
                seen.add(cause.reason());
            }

            @Override
            public void empty(SourceRecord record) {
                seen.add("empty");
            }
        };
        for (String message : List.of(CONTROL, MESSAGE.replaceAll("\"\\d{50,}", "\"id-"), "{}")) {
            reader.read(new KeyedRecord("key", 0, Events.record(gzip(message))), out);
        }
        assertThat(seen).containsExactly("empty", "id-", "id-", "MISSING_FIELD");
    }

    @Test
    void rejectsALogEventAloneWhereOnlyItIsWrong() throws Exception {
        Parts parts = Parts.of(adapter, MESSAGE.replace("1432826855000", "\"1432826855000\""));
        assertThat(parts.reasons()).containsExactly("WRONG_TYPE");
        assertThat(parts.events()).hasSize(1);
        assertThat(Parts.of(adapter, parts.rejected(0)).reasons()).containsExactly("WRONG_TYPE");
        assertThat(Parts.of(adapter, MESSAGE.replace("\"timestamp\": 1432826855001,", "")).reasons())
                .containsExactly("MISSING_FIELD");
        assertThat(Parts.of(adapter, MESSAGE.replace("\"zwei \\u00fc\"", "{\"x\":[1,{\"id\":2}]}")).reasons())
                .containsExactly("WRONG_TYPE");
        assertThat(Parts.of(adapter, MESSAGE.replace("\\u00fc", "\\ud800")).reasons()).containsExactly("MALFORMED_TEXT");
        assertThat(Parts.of(adapter, MESSAGE.replace("\"logEvents\": [", "\"logEvents\": [7, [[]],")).reasons())
                .containsExactly("NOT_AN_OBJECT", "NOT_AN_OBJECT");
        assertThat(Parts.of(adapter, MESSAGE.replace("1432826855001", "99999999999999999999")).reasons())
                .containsExactly("WRONG_TYPE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "!!|NOT_AN_OBJECT",
                "[]|NOT_AN_OBJECT",
                "{}|MISSING_FIELD",
                "{\"messageType\":\"OTHER\"}|WRONG_TYPE",
                "{\"messageType\":5}|WRONG_TYPE",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"o\",\"logGroup\":\"g\",\"logEvents\":[]}|MISSING_FIELD",
                "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"o\",\"logGroup\":\"g\",\"logStream\":\"s\"}|MISSING_FIELD",
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":{}}|WRONG_TYPE",
                "{\"messageType\":\"CONTROL_MESSAGE\",\"messageType\":\"CONTROL_MESSAGE\"}|MALFORMED_JSON",
                "{\"messageType\":\"CONTROL_MESSAGE\"|MALFORMED_JSON",
                "{\"messageType\":\"CONTROL_MESSAGE\"} {}|MALFORMED_JSON"
            })
    void rejectsWhatIsNoMessage(String record, String reason) {
        assertRejected(reason, record.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rejectsATruncatedGzip() throws Exception {
        byte[] whole = gzip(MESSAGE);
        assertRejected("BROKEN_COMPRESSION", Arrays.copyOf(whole, whole.length - 20));
    }

    @Test
    void travelsClosedAndGivesTheProjectedFieldsOnly() throws Exception {
        Adapter some = InstantiationUtil.clone(
                new CloudwatchLogs.Config().plan((option, message) -> {}).projected(List.of("log_time", "owner")));
        some.open();
        assertThat(Parts.of(some, MESSAGE).events()).first().isEqualTo(List.of("111111111111", 1432826855000L));
    }

    private void assertRejected(String reason, byte[] record) {
        assertThatThrownBy(() -> Parts.of(adapter, record))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
