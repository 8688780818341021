package io.datamill.operator;

import io.datamill.step.PlannedStep;
import io.datamill.step.SwappableStep;
import io.datamill.step.SwappableStep.Watch;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.RichSourceFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the directories that a job's steps follow, once a second, and sends what has become another release, once
 * every step that follows the directory could serve it. What one could not serve, or would not take since its revision
 * is no higher, is sent as refused, once, and the steps go on with what they have. A directory that cannot be read is tried again.
 *
 * <p>It has no state: a job that begins again sends what there is, and a step takes only what is newer.
 */
@SuppressWarnings("deprecation") // As Kinesis's: a source of one thread and no splits.
public final class ReleaseSource extends RichSourceFunction<Release> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseSource.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final List<SwappableStep> steps;
    private transient Map<String, String> seen;
    /** What the steps run by now as far as is known here: without the files. */
    private transient Map<String, Release> newest;

    private transient Counter unreadable;
    private volatile boolean running = true;

    ReleaseSource(List<SwappableStep> steps) {
        this.steps = new ArrayList<>(steps);
    }

    /** The releases of every directory that one of the steps follows. */
    public static DataStream<Release> attach(StreamExecutionEnvironment env, List<PlannedStep> steps) {
        List<SwappableStep> swappable = steps.stream()
                .map(PlannedStep::step)
                .filter(SwappableStep.class::isInstance)
                .map(SwappableStep.class::cast)
                .collect(Collectors.toCollection(ArrayList::new));
        return env.addSource(new ReleaseSource(swappable), Releases.TYPE)
                .setParallelism(1)
                .name("releases")
                .uid("job: releases");
    }

    @Override
    public void open(OpenContext context) {
        seen = new HashMap<>();
        newest = new HashMap<>();
        steps.forEach(step -> keep(step.planned()));
        unreadable = getRuntimeContext().getMetricGroup().counter("unreadable");
    }

    @Override
    public void run(SourceContext<Release> context) throws InterruptedException {
        while (running) {
            Map<String, Watch> watches = new HashMap<>();
            steps.forEach(step -> watches.put(step.planned().directory, step.watch()));
            for (Watch watch : watches.values()) {
                Release release = look(watch);
                if (release != null) {
                    synchronized (context.getCheckpointLock()) {
                        context.collect(release);
                    }
                }
            }
            context.markAsTemporarilyIdle();
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Null where nothing has changed. */
    private Release look(Watch watch) {
        String name = watch.directory().written();
        try {
            ArtifactDirectory directory =
                    new ArtifactDirectory(watch.directory().resolve());
            String pointer = directory.pointerText();
            if (pointer.equals(seen.get(name))) {
                return null;
            }
            Release release = checked(directory, pointer, watch);
            seen.put(name, pointer);
            return release;
        } catch (FileNotFoundException e) {
            boolean known = "".equals(seen.put(name, ""));
            return known ? null : Release.refused(name, "there is no " + ArtifactDirectory.POINTER + " any more");
        } catch (IOException | RuntimeException e) {
            unreadable.inc();
            LOG.warn("{}: cannot be read; tries again: {}", name, e.toString());
            return null;
        }
    }

    private Release checked(ArtifactDirectory directory, String pointer, Watch watch) throws IOException {
        String name = watch.directory().written();
        try {
            Release release = directory.release(name, pointer, watch.kind());
            requireNewer(release);
            for (SwappableStep step : steps) {
                if (step.planned().directory.equals(name)) {
                    step.take(release);
                }
            }
            keep(release);
            return release;
        } catch (InvalidArtifactException e) {
            LOG.warn("{}: refused: {}", name, e.getMessage());
            return Release.refused(name, e.getMessage());
        }
    }

    private void keep(Release release) {
        if (Releases.isNewer(release, newest.get(release.directory))) {
            Release kept = new Release();
            kept.directory = release.directory;
            kept.pointer = release.pointer;
            newest.put(kept.directory, kept);
        }
    }

    /** A step takes only what is newer: somebody has to be told that this is not. */
    private void requireNewer(Release release) throws InvalidArtifactException {
        Release known = newest.get(release.directory);
        if (!release.pointer.equals(known.pointer) && !Releases.isNewer(release, known)) {
            long served = known.readPointer().revision();
            throw new InvalidArtifactException(
                    ArtifactDirectory.POINTER + ": revision "
                            + release.readPointer().revision() + " is not above " + served
                            + ", which is served: no step takes it; write it with revision " + (served + 1),
                    null);
        }
    }

    @Override
    public void close() throws Exception {
        for (SwappableStep step : steps) {
            step.close();
        }
    }

    @Override
    public void cancel() {
        running = false;
    }
}
