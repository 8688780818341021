package io.datamill.sink.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Versions;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.testing.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Renderer renderer = new JsonDocument(Outcomes.SCHEMA, new Lineage(Outcomes.PIPELINE));

    @BeforeEach
    void open() {
        renderer.open();
    }

    @Test
    void writesLineageAndThenEachFieldOfTheOutcome() throws Exception {
        StoreRow row = renderer.render(Outcomes.of("id-1", 1_000, "Grüße \"x\"\n"));
        assertThat(new String(row.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"lineage\":{\"tenant\":\"acme\",\"event_id\":\"id-1\","
                        + "\"event_time\":\"2002-09-01T12:00:00.120Z\",\"arrival_time\":\"1970-01-01T00:00:01.000Z\","
                        + "\"version\":1000,\"pipeline\":\"email-trust@0123456789ab\","
                        + "\"position\":\"stream/shard-0/1000\",\"writer_schema\":\"" + Outcomes.WRITER + "\"},"
                        + "\"event_id\":\"id-1\",\"received_at\":\"2002-09-01T12:00:00.120Z\","
                        + "\"subject\":\"Grüße \\\"x\\\"\\n\",\"attachment_count\":null,\"size_bytes\":1234,"
                        + "\"trust\":{\"score\":0.75,\"model\":\"m-1\","
                        + "\"reasons\":[{\"feature\":\"spf\",\"contribution\":-0.25}]},"
                        + "\"verdict\":\"pass\",\"sender_ip\":null}");
        assertThat(row.key()).isEqualTo(new StoreRow.Key("acme", "id-1"));
        assertThat(row.time()).isEqualTo(Outcomes.TIME);
    }

    @Test
    void aHigherGenerationGivesAHigherVersion() throws Exception {
        Event event = Outcomes.of("id-1", 1_000, null);
        Renderer backfill = new JsonDocument(Outcomes.SCHEMA, new Lineage(new PipelineVersion("p", "d", 2)));
        backfill.open();
        assertThat(backfill.render(event).version()).isEqualTo(Versions.of(2, 1_000));
        assertThat(renderer.render(event).version()).isEqualTo(1_000);
    }

    @Test
    void escapesHalfASurrogatePairForTheStoreToJudge() throws Exception {
        byte[] half =
                renderer.render(Outcomes.of("id-1", 1, "half \ud83d pair")).payload();
        assertThat(new String(half, StandardCharsets.UTF_8)).containsIgnoringCase("half \\ud83d pair");
        byte[] whole =
                renderer.render(Outcomes.of("id-2", 2, "whole \ud83d\ude00")).payload();
        assertThat(JSON.readTree(whole).path("subject").asText()).isEqualTo("whole \ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 951_782_399_999L, 951_782_400_000L, 4_102_444_799_999L, -62_167_219_200_001L})
    void writesTimesAsInstantDoes(long millis) throws Exception {
        IsoTime time = new IsoTime();
        byte[] text = new JsonBytes().render(json -> time.write(millis, json));
        assertThat(Instant.parse(JSON.readTree(text).asText())).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @Test
    void writesNullForNumbersThatJsonHasNoFormFor() throws Exception {
        JsonValue value = JsonValue.of(org.apache.avro.Schema.create(org.apache.avro.Schema.Type.DOUBLE));
        JsonBytes bytes = new JsonBytes();
        assertThat(bytes.render(json -> value.write(Double.NaN, json)))
                .asString()
                .isEqualTo("null");
        assertThat(bytes.render(json -> value.write(1e-7, json))).asString().isEqualTo("1.0E-7");
    }
}
