package io.datamill.sink.reject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.config.Reference;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.outbox.StoreRow;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RejectDocumentTest {
    private static final Position POSITION = new Position("mails", "shard-0", "77", 1_030_881_600_000L);
    private final RejectDocument document = new RejectDocument();

    @BeforeEach
    void open() {
        document.open(DefaultOpenContext.INSTANCE);
    }

    @Test
    void holdsTheCauseThePositionAndTheBytes() throws Exception {
        JsonNode json = read(document.map(reject("adapter.avro", new byte[] {1, 2, -1})));
        assertThat(json.path("step").asText()).isEqualTo("adapter.avro");
        assertThat(json.path("reason").asText()).isEqualTo("TRUNCATED");
        assertThat(json.path("sequence_number").asText()).isEqualTo("77");
        assertThat(json.path("arrival_time").asText()).isEqualTo("2002-09-01T12:00:00.000Z");
        assertThat(json.path("payload").binaryValue()).containsExactly(1, 2, -1);
        assertThat(json.path("payload_bytes").asInt()).isEqualTo(3);
    }

    @Test
    void theSameRejectIsTheSameDocumentAndThatOfAnotherStepIsNot() {
        StoreRow row = document.map(reject("adapter.avro", new byte[0]));
        assertThat(document.map(reject("adapter.avro", new byte[] {1})).key()).isEqualTo(row.key());
        assertThat(document.map(reject("sinks[0].postgres", new byte[0])).key()).isNotEqualTo(row.key());
    }

    @Test
    void capsTheBytesAndSaysHowManyThereAre() throws Exception {
        JsonNode json = read(document.map(reject("adapter.avro", new byte[1 << 20])));
        assertThat(json.path("payload").binaryValue()).hasSize(32 << 10);
        assertThat(json.path("payload_bytes").asInt()).isEqualTo(1 << 20);
    }

    @Test
    void takesTextThatIsNotUnicode() throws Exception {
        Reject reject = new Reject("acme", "half \ud83d", POSITION, cause("adapter.avro"), new byte[0]);
        assertThat(read(document.map(reject)).path("event_id").asText()).isEqualTo("half ?");
    }

    @Test
    void namesTheOptionThatIsMissing() {
        assertThatThrownBy(() -> new RejectIndex(null, "rejects")).hasMessageStartingWith("url is missing");
        assertThatThrownBy(() -> new RejectIndex(new Reference("http://x"), "Rejects"))
                .hasMessageStartingWith("index is 'Rejects'");
    }

    private static Reject reject(String step, byte[] payload) {
        return new Reject("", "", POSITION, cause(step), payload);
    }

    private static Reject.Cause cause(String step) {
        return new Reject.Cause(step, "TRUNCATED", "ends early", "p@0");
    }

    private static JsonNode read(StoreRow row) throws Exception {
        return new ObjectMapper().readTree(row.payload());
    }
}
