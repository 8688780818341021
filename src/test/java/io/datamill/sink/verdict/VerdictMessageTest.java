package io.datamill.sink.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.config.PipelineVersion;
import io.datamill.testing.Events;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class VerdictMessageTest {
    private static final PipelineVersion PIPELINE = new PipelineVersion("trust", "0123456789ab", 0);

    @Test
    void saysWhatWasDecidedAndWhetherAnybodyShallAct() throws Exception {
        Schema outcome = SchemaBuilder.record("R")
                .fields()
                .requiredString("subject")
                .requiredString("verdict")
                .optionalString("label")
                .optionalString("rule")
                .requiredString("rules")
                .optionalString("list_entry")
                .requiredBoolean("monitored")
                .endRecord();

        JsonNode message = message(outcome, "hello", "quarantine", null, "deny-list", "r@1", ".bad.example", true);

        assertThat(message.get("verdict").textValue()).isEqualTo("quarantine");
        assertThat(message.get("label").isNull()).isTrue();
        assertThat(message.get("rule").textValue()).isEqualTo("deny-list");
        assertThat(message.get("rules").textValue()).isEqualTo("r@1");
        assertThat(message.get("list_entry").textValue()).isEqualTo(".bad.example");
        assertThat(message.get("monitored").isBoolean()).isTrue();
        assertThat(message.get("monitored").booleanValue()).isTrue();
        assertThat(message.has("subject")).isFalse();
    }

    @Test
    void saysNothingOfWhatTheStepWasNotAskedFor() throws Exception {
        Schema outcome = SchemaBuilder.record("R")
                .fields()
                .requiredString("verdict")
                .optionalString("label")
                .optionalString("rule")
                .endRecord();

        JsonNode message = message(outcome, "pass", null, null);

        assertThat(message.has("monitored")).isFalse();
        assertThat(message.has("rules")).isFalse();
        assertThat(message.has("list_entry")).isFalse();
    }

    private static JsonNode message(Schema outcome, Object... values) throws Exception {
        VerdictMessage message = new VerdictMessage(PIPELINE, outcome);
        message.open(null);
        return new ObjectMapper().readTree(message.serialize(Events.event("id", 0, values)));
    }
}
