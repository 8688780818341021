package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.step.SwappableStep;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseSourceTest {
    private static final List<String> VERSIONS = List.of("111111111111", "222222222222", "333333333333");

    @TempDir
    private Path folder;

    private final List<Release> sent = new ArrayList<>();
    private ArtifactDirectory directory;

    @BeforeEach
    void publish() throws Exception {
        directory = new ArtifactDirectory(folder.toUri().toString());
        for (String version : VERSIONS) {
            java.nio.file.Files.createDirectory(folder.resolve(version));
            directory.write(version + "/word.txt", version.getBytes(StandardCharsets.UTF_8));
        }
        directory.write(pointer(0).promoting(VERSIONS.get(1), Instant.ofEpochMilli(1)));
    }

    @Test
    void refusesAPointerThatHasGoneBackSinceTheStepsWouldNotTakeIt() throws Exception {
        run(() -> directory.write(pointer(2)));

        assertThat(sent).extracting(release -> release.problem).containsExactly(null, told(1, 2));
    }

    @Test
    void refusesTheSecondOfTwoPointersOfOneRevision() throws Exception {
        run(
                () -> directory.write(pointer(0).promoting(VERSIONS.get(2), Instant.ofEpochMilli(1))),
                () -> directory.write(directory.pointer().promoting(VERSIONS.get(2), Instant.ofEpochMilli(1))));

        assertThat(sent).extracting(release -> release.problem).containsExactly(null, told(2, 2), null);
    }

    private static Pointer pointer(int version) {
        return Pointer.first(VERSIONS.get(version), Instant.EPOCH);
    }

    private static String told(int revision, int served) {
        return "current.json: revision " + revision + " is not above " + served
                + ", which is served: no step takes it; write it with revision " + (served + 1);
    }

    /** What is done after each look. */
    @FunctionalInterface
    private interface Deed {
        void act() throws Exception;
    }

    /** Looks once, and once more after each deed. */
    @SuppressWarnings("deprecation") // As the source is.
    private void run(Deed... deeds) throws Exception {
        ReleaseSource source = new ReleaseSource(List.of(new Step(Releases.read(Step.watch(folder)), folder)));
        Queue<Deed> left = new ArrayDeque<>(List.of(deeds));
        try (AbstractStreamOperatorTestHarness<Release> harness =
                new AbstractStreamOperatorTestHarness<>(new StreamSource<>(source), 1, 1, 0)) {
            harness.open();
            source.run(new Context(() -> {
                if (left.isEmpty()) {
                    source.cancel();
                } else {
                    left.remove().act();
                }
            }));
        }
    }

    @SuppressWarnings("deprecation") // As the source is.
    private final class Context implements SourceFunction.SourceContext<Release> {
        private final Deed idle;

        Context(Deed idle) {
            this.idle = idle;
        }

        @Override
        public void collect(Release release) {
            sent.add(release);
        }

        @Override
        public void markAsTemporarilyIdle() {
            try {
                idle.act();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void collectWithTimestamp(Release release, long time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void emitWatermark(Watermark mark) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getCheckpointLock() {
            return this;
        }

        @Override
        public void close() {}
    }

    /** Takes anything. */
    private record Step(Release planned, Watch watch) implements SwappableStep {
        private static final long serialVersionUID = 1L;

        Step(Release planned, Path folder) {
            this(planned, watch(folder));
        }

        static Watch watch(Path folder) {
            return new Watch(new Reference(folder.toUri().toString()), Word.WORD);
        }

        @Override
        public void take(Release release) {}

        @Override
        public Event apply(Event event) {
            return event;
        }
    }

    private enum Word implements ArtifactKind {
        WORD;

        @Override
        public String main() {
            return "word.txt";
        }

        @Override
        public List<String> others(byte[] main) {
            return List.of();
        }
    }
}
