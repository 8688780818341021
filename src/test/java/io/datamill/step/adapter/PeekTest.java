package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.testing.Events;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeekTest {
    private static final String CLOUDWATCH = """
            {"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"web","logStream":"i-1",
             "subscriptionFilters":["all"],"logEvents":[
             {"id":"1","timestamp":%d,"message":"a"},{"id":"2","timestamp":%d,"message":"b"},{"id":"3","timestamp":1,"message":"c"}]}
            """;

    @Test
    void aRecordOfSeveralEventsIsAsOldAsItsOldestThatCanBe() throws Exception {
        long noon = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();
        Peek peek = peek("pipeline: logs\nadapter: { cloudwatch-logs: {} }\nevent: { time: log_time }\n");

        assertThat(peek(peek, CLOUDWATCH.formatted(noon + 3_600_000, noon)).time())
                .isEqualTo(noon);
        assertThat(peek(peek, CLOUDWATCH.formatted(noon, noon + 3_600_000)).time())
                .isEqualTo(noon);
    }

    @Test
    void aRecordWithoutAnEventThatCanBeMovesNoWatermark() throws Exception {
        Peek peek = peek("pipeline: logs\nadapter: { cloudwatch-logs: {} }\nevent: { time: log_time }\n");

        KeyedRecord keyed = peek(peek, CLOUDWATCH.formatted(1, 2));

        assertThat(keyed.time()).isEqualTo(Long.MIN_VALUE);
        assertThat(EventKey.isPosition(keyed.key())).isTrue();
    }

    private static Peek peek(String yaml) throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).trial().plan(yaml);
        Peek peek = plan.peek(plan.input());
        peek.open();
        return peek;
    }

    private static KeyedRecord peek(Peek peek, String text) {
        return peek.peek(Events.record(text.getBytes(StandardCharsets.UTF_8)));
    }
}
