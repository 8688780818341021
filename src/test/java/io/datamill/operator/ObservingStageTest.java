package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventTypeInformation;
import io.datamill.event.Observation;
import io.datamill.operator.EventOperator.Counting;
import io.datamill.step.ObservingStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.testing.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservingStageTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("E").fields().requiredInt("x").endRecord();

    private OneInputStreamOperatorTestHarness<Event, Event> harness;
    private final Counts counts = new Counts();

    @BeforeEach
    void start() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new StageOperator(
                new PipelineVersion("p", "d", 0),
                List.of(new PlannedStep("steps[0].count", Stage.DECIDE, SCHEMA, counts)),
                Counting.NOTHING));
        harness.setup(new EventTypeInformation(SCHEMA).createSerializer(harness.getExecutionConfig()));
        harness.open();
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void whatIsCountedLeavesBeforeTheBarrier() throws Exception {
        harness.processElement(Events.event("a", 0, 1), 0);
        harness.processElement(Events.event("b", 0, 1), 0);
        assertThat(given()).isEmpty();
        harness.prepareSnapshotPreBarrier(1);
        assertThat(given()).containsExactly(2L);
        harness.prepareSnapshotPreBarrier(2);
        assertThat(given()).containsExactly(2L);
    }

    @Test
    void whatIsCountedLeavesBeforeTheWatermark() throws Exception {
        harness.processElement(Events.event("a", 0, 1), 0);
        counts.whenPassed = () -> assertThat(harness.getOutput()).doesNotContain(new Watermark(10));
        harness.processWatermark(10);

        assertThat(given()).containsExactly(1L);
        assertThat(harness.getOutput()).contains(new Watermark(10));
    }

    @Test
    void whatIsCountedLeavesAtTheEnd() throws Exception {
        harness.processElement(Events.event("a", 0, 1), 0);
        harness.endInput();
        harness.getOperator().finish();
        assertThat(given()).containsExactly(1L);
    }

    private List<Long> given() {
        List<Long> events = new ArrayList<>();
        var out = harness.getSideOutput(ExpectedWindows.observations("counts"));
        if (out != null) {
            out.forEach(seen -> events.add(seen.getValue().events));
        }
        return events;
    }

    /** Counts all events as one window that any watermark ends. */
    private static final class Counts implements ObservingStep {
        private static final long serialVersionUID = 1L;

        private transient Runnable whenPassed = () -> {};
        private transient Consumer<Observation> out;
        private transient long events;

        @Override
        public String id() {
            return "counts";
        }

        @Override
        public void observe(Consumer<Observation> taking) {
            out = taking;
        }

        @Override
        public Event apply(Event event) {
            events++;
            return event;
        }

        @Override
        public void passed(long watermark) {
            whenPassed.run();
            drain();
        }

        @Override
        public void drain() {
            if (events > 0) {
                Observation seen = new Observation();
                seen.events = events;
                events = 0;
                out.accept(seen);
            }
        }
    }
}
