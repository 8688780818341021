package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.EventTypeInformation;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.operator.EventOperator.Counting;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.step.SwappableStep;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import io.datamill.step.artifact.Serving;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwappingStageOperatorTest {
    private static final String ONE = "111111111111";
    private static final String TWO = "222222222222";
    private static final Schema SCHEMA =
            SchemaBuilder.record("E").fields().requiredString("version").endRecord();
    private static final ArtifactKind WORD = new ArtifactKind() {
        private static final long serialVersionUID = 1L;

        @Override
        public String main() {
            return "word.txt";
        }

        @Override
        public List<String> others(byte[] main) {
            return List.of();
        }
    };

    @TempDir
    private Path folder;

    private ArtifactDirectory directory;

    @BeforeEach
    void publish() throws IOException {
        directory = new ArtifactDirectory(folder.toUri().toString());
        for (String version : List.of(ONE, TWO)) {
            java.nio.file.Files.createDirectory(folder.resolve(version));
            directory.write(version + "/word.txt", ("word of " + version).getBytes(StandardCharsets.UTF_8));
        }
        directory.write(Pointer.first(ONE, Instant.ofEpochMilli(1_000)));
    }

    @Test
    void changesTheVersionAtAnArrivalTimeAndNotWhenItHearsOfIt() throws Exception {
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(null)) {
            harness.processElement1(event(5_000), 0);
            promote(TWO, 6_000);
            harness.processElement2(read(), 0);
            harness.processElement1(event(5_999), 0);
            harness.processElement1(event(6_000), 0);
            harness.processElement1(event(500), 0);

            assertThat(words(harness))
                    .containsExactly("word of " + ONE, "word of " + ONE, "word of " + TWO, "word of " + ONE);
        }
    }

    @Test
    void keepsWhatItWasSentOverARestoreWithoutTheDirectory() throws Exception {
        OperatorSubtaskState state;
        Step planned = new Step(read());
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, null)) {
            promote(TWO, 6_000);
            harness.processElement2(read(), 0);
            state = harness.snapshot(1, 1);
        }
        java.nio.file.Files.delete(folder.resolve("current.json"));
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, state)) {
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + TWO);
        }
    }

    @Test
    void beginsWithWhatTheDirectorySaysWhenEventsAreReadAgain() throws Exception {
        OperatorSubtaskState state;
        Step planned = new Step(read());
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, null)) {
            state = harness.snapshot(1, 1);
        }
        promote(TWO, 6_000);
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, state)) {
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + TWO);
        }
    }

    @Test
    void goesOnWithWhatItHasWhereAReleaseCannotBeServed() throws Exception {
        Step planned = new Step(read());
        directory.write("333333333333/word.txt", "broken".getBytes(StandardCharsets.UTF_8));
        promote("333333333333", 6_000);
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, null)) {
            harness.processElement2(read(), 0);
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + ONE);
        }
    }

    @Test
    void beginsWithWhatItHasWhereTheDirectoryCannotBeFound() throws Exception {
        Step planned = new Step(directory.release("${env:NO_SUCH_DIRECTORY}", directory.pointerText(), WORD));
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(planned, null)) {
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + ONE);
        }
    }

    @Test
    void allStepsOfADirectoryBeginWithTheSame() throws Exception {
        List<PlannedStep> steps =
                List.of(planned("steps[0].word", new Step(read())), planned("steps[1].word", new Step(read(), TWO)));
        promote(TWO, 6_000);
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(steps, steps, null)) {
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + ONE + "word of " + ONE);
        }
    }

    @Test
    void beginsWithNothingThatAStepOfAnotherOperatorCannotServe() throws Exception {
        PlannedStep own = planned("steps[0].word", new Step(read()));
        PlannedStep elsewhere = planned("steps[2].word", new Step(read(), TWO));
        promote(TWO, 6_000);
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness =
                harness(List.of(own), List.of(own, elsewhere), null)) {
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + ONE);
        }
    }

    @Test
    void takesNothingOlderThanWhatItHas() throws Exception {
        Release old = read();
        promote(TWO, 6_000);
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(null)) {
            harness.processElement2(old, 0);
            harness.processElement1(event(7_000), 0);

            assertThat(words(harness)).containsExactly("word of " + TWO);
        }
    }

    @Test
    void timeIsTheEventsAloneWhereNoReleaseComes() throws Exception {
        try (TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = harness(null)) {
            harness.processWatermarkStatus2(WatermarkStatus.IDLE);
            harness.processWatermark1(new Watermark(42));

            assertThat(harness.getOutput()).contains(new Watermark(42));
        }
    }

    private void promote(String version, long from) throws IOException, InvalidArtifactException {
        directory.write(directory.pointer().promoting(version, Instant.ofEpochMilli(from)));
    }

    private Release read() throws IOException, InvalidArtifactException {
        return Releases.read(watch());
    }

    private SwappableStep.Watch watch() {
        return new SwappableStep.Watch(new Reference(folder.toUri().toString()), WORD);
    }

    private TwoInputStreamOperatorTestHarness<Event, Release, Event> harness(OperatorSubtaskState state)
            throws Exception {
        return harness(new Step(read()), state);
    }

    private static TwoInputStreamOperatorTestHarness<Event, Release, Event> harness(
            Step step, OperatorSubtaskState state) throws Exception {
        List<PlannedStep> only = List.of(planned("steps[0].word", step));
        return harness(only, only, state);
    }

    private static PlannedStep planned(String path, Step step) {
        return new PlannedStep(path, Stage.SCORE, SCHEMA, step);
    }

    private static TwoInputStreamOperatorTestHarness<Event, Release, Event> harness(
            List<PlannedStep> steps, List<PlannedStep> followers, OperatorSubtaskState state) throws Exception {
        TwoInputStreamOperatorTestHarness<Event, Release, Event> harness = new TwoInputStreamOperatorTestHarness<>(
                new SwappingStageOperator(new PipelineVersion("p", "d", 0), steps, Counting.LOSSES, followers));
        harness.setup(new EventTypeInformation(SCHEMA).createSerializer(harness.getExecutionConfig()));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static Event event(long arrivalTime) {
        SourceRecord record = new SourceRecord(new Position("s", "0", "1", arrivalTime), "k", new byte[0]);
        return new Event(new Header("t", "e", 0, null, record), "k", new Object[] {""});
    }

    private static List<Object> words(TwoInputStreamOperatorTestHarness<Event, Release, Event> harness) {
        return harness.extractOutputValues().stream()
                .map(event -> event.values()[0])
                .toList();
    }

    /** Adds the word of the version that serves an event. */
    private static final class Step implements SwappableStep {
        private static final long serialVersionUID = 1L;

        private final Release planned;
        private final String unfit;
        private transient Serving<String> serving;

        Step(Release planned) {
            this(planned, "");
        }

        /** @param unfit a version that it cannot serve */
        Step(Release planned, String unfit) {
            this.planned = planned;
            this.unfit = unfit;
        }

        @Override
        public Watch watch() {
            return new Watch(new Reference(planned.directory), WORD);
        }

        @Override
        public Release planned() {
            return planned;
        }

        @Override
        public void take(Release release) throws InvalidArtifactException {
            serving = Serving.of(release, this::word);
        }

        private String word(Map<String, byte[]> files) throws InvalidArtifactException {
            String word = new String(files.get("word.txt"), StandardCharsets.UTF_8);
            if (word.equals("broken") || word.equals("word of " + unfit)) {
                throw new InvalidArtifactException("word.txt: broken", null);
            }
            return word;
        }

        @Override
        public Event apply(Event event) {
            String word = serving.at(event.header().source().position().arrivalTime());
            return event.withValues(new Object[] {event.values()[0] + word});
        }
    }
}
