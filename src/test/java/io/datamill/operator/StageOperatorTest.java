package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventTypeInformation;
import io.datamill.event.RejectedEventException;
import io.datamill.operator.EventOperator.Counting;
import io.datamill.step.BatchedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.testing.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageOperatorTest {
    private static final Schema SCHEMA =
            SchemaBuilder.record("E").fields().requiredInt("n").endRecord();

    /** Of each batch that the step was given; the operator's own copy of the step fills it. */
    private static final List<Integer> BATCHES = new ArrayList<>();

    private OneInputStreamOperatorTestHarness<Event, Event> harness;

    @BeforeEach
    void open() throws Exception {
        BATCHES.clear();
        PlannedStep twice = new PlannedStep("steps[0].twice", Stage.SCORE, SCHEMA, new Twice());
        PlannedStep again = new PlannedStep("steps[1].twice", Stage.SCORE, SCHEMA, new Twice());
        harness = new OneInputStreamOperatorTestHarness<>(
                new StageOperator(new PipelineVersion("p", "d", 0), List.of(twice, again), Counting.LOSSES));
        harness.setup(new EventTypeInformation(SCHEMA).createSerializer(harness.getExecutionConfig()));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void gathersEventsForAStepToWhichSeveralCostLess() throws Exception {
        send(0, 3);
        assertThat(BATCHES).isEmpty();

        send(3, 10);

        assertThat(BATCHES).containsExactly(4, 4, 4, 4);
        assertThat(numbers()).containsExactlyElementsOf(fourfold(0, 8));
    }

    @Test
    void letsNoEventWaitLongerThanAMoment() throws Exception {
        send(0, 3);
        harness.setProcessingTime(4);
        assertThat(numbers()).isEmpty();

        harness.setProcessingTime(5);

        assertThat(numbers()).containsExactlyElementsOf(fourfold(0, 3));
        send(3, 5);
        harness.setProcessingTime(10);
        assertThat(numbers()).containsExactlyElementsOf(fourfold(0, 5));
    }

    @Test
    void letsEventsGoOnBeforeTheWatermarkBehindThem() throws Exception {
        send(0, 2);

        harness.processWatermark(new Watermark(7));

        assertThat(harness.getOutput()).hasSize(3).last().isEqualTo(new Watermark(7));
    }

    @Test
    void keepsNoEventBackFromACheckpoint() throws Exception {
        send(0, 2);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(numbers()).containsExactlyElementsOf(fourfold(0, 2));
    }

    @Test
    void rejectsOneOfABatchAlone() throws Exception {
        send(12, 15);
        harness.endInput();
        harness.getOperator().finish();

        assertThat(numbers()).containsExactly(48, 56);
        assertThat(harness.getSideOutput(EventOperator.REJECTS))
                .singleElement()
                .satisfies(
                        reject -> assertThat(reject.getValue().cause().step()).isEqualTo("steps[0].twice"));
    }

    private void send(int from, int to) throws Exception {
        for (int n = from; n < to; n++) {
            harness.processElement(Events.event("e" + n, 0, n), 0);
        }
    }

    private List<Integer> numbers() {
        return harness.extractOutputValues().stream()
                .map(event -> (Integer) event.values()[0])
                .toList();
    }

    private static List<Integer> fourfold(int from, int to) {
        return IntStream.range(from, to)
                .filter(n -> n != 13)
                .map(n -> 4 * n)
                .boxed()
                .toList();
    }

    /** Doubles a number, but 13. */
    private static final class Twice implements BatchedStep {
        private static final long serialVersionUID = 1L;

        private transient List<Event> prepared;

        @Override
        public void open() {
            prepared = new ArrayList<>();
        }

        @Override
        public int batch() {
            return 4;
        }

        @Override
        public void prepare(Event[] events, int count) {
            BATCHES.add(count);
            for (int i = 0; i < count; i++) {
                prepared.add(events[i]);
            }
        }

        @Override
        public Event apply(Event event) throws RejectedEventException {
            assertThat(prepared.remove(0)).isSameAs(event);
            int n = (Integer) event.values()[0];
            if (n == 13) {
                throw new RejectedEventException("UNLUCKY", "13");
            }
            return event.withValues(new Object[] {2 * n});
        }
    }
}
