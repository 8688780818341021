package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.Fate;
import io.datamill.event.KeyedRecord;
import io.datamill.event.LedgerEntry;
import io.datamill.event.SourceRecord;
import io.datamill.operator.EventOperator.Counting;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventConfig;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.adapter.json.CloudwatchLogs;
import io.datamill.testing.Events;
import io.datamill.testing.Parts;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AdapterOperatorTest {

    @Test
    void countsARecordThatHoldsNoEventInAndFiltered() throws Exception {
        Adapter adapter = Parts.open(new CloudwatchLogs.Config());
        EventConfig event = new EventConfig(null, null, null, null, null, null, null);
        AdapterOperator operator = new AdapterOperator(
                new PipelineVersion("logs", "1", 0),
                "adapter",
                new EventReader(adapter, event, "acme"),
                Counting.LOSSES);
        Map<Fate, Long> counts = new EnumMap<>(Fate.class);
        try (OneInputStreamOperatorTestHarness<KeyedRecord, Event> harness =
                new OneInputStreamOperatorTestHarness<>(operator)) {
            harness.open();
            for (String record : new String[] {"{\"messageType\":\"CONTROL_MESSAGE\"}", "{}"}) {
                SourceRecord source = Events.record(record.getBytes(StandardCharsets.UTF_8));
                harness.processElement(new KeyedRecord(EventKey.ofPosition(source.position()), 0, source), 0);
            }
            harness.endInput();
            operator.finish();
            harness.getSideOutput(EventOperator.LEDGER).forEach(entry -> {
                LedgerEntry counted = entry.getValue();
                counts.merge(counted.fate(), counted.count(), Long::sum);
            });
            assertThat(harness.extractOutputValues()).isEmpty();
        }
        assertThat(counts)
                .containsOnly(Map.entry(Fate.IN, 2L), Map.entry(Fate.FILTERED, 1L), Map.entry(Fate.REJECTED, 1L));
    }
}
