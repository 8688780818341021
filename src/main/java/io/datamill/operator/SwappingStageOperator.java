package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.step.PlannedStep;
import io.datamill.step.SwappableStep;
import io.datamill.step.SwappableStep.Watch;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs consecutive stateless steps of which some can be given other artifacts while the job runs: these come by the
 * second input, the same to all subtasks, and are kept in broadcast state. That input is idle, so time is the events'
 * alone.
 */
public final class SwappingStageOperator extends StepsOperator
        implements TwoInputStreamOperator<Event, Release, Event> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SwappingStageOperator.class);

    /** By the directory they follow. */
    private final Map<String, List<SwappableStep>> following = new LinkedHashMap<>();

    /** Those of other operators that follow the same directories, to try what is there; none once this has begun. */
    private final List<SwappableStep> others = new ArrayList<>();

    private transient BroadcastState<String, Release> taken;

    /**
     * @param steps at least one of them a {@link SwappableStep} that follows a directory
     * @param followers all steps of the pipeline that follow one
     */
    public SwappingStageOperator(
            PipelineVersion pipeline, List<PlannedStep> steps, Counting counting, List<PlannedStep> followers) {
        super(pipeline, steps, counting);
        for (PlannedStep planned : steps) {
            if (planned.step() instanceof SwappableStep step && step.watch() != null) {
                following
                        .computeIfAbsent(step.planned().directory, directory -> new ArrayList<>())
                        .add(step);
            }
        }
        for (PlannedStep planned : followers) {
            SwappableStep step = (SwappableStep) planned.step();
            if (!steps.contains(planned) && following.containsKey(step.planned().directory)) {
                others.add(step);
            }
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        taken = context.getOperatorStateStore()
                .getBroadcastState(new MapStateDescriptor<>("releases", Types.STRING, Releases.TYPE));
    }

    /**
     * A step begins with the newest of what it was planned with, what the checkpoint holds, and what the directory says
     * now, if every step that follows it could serve that: events that are read again after a failure get the version
     * that they had before.
     */
    @Override
    public void open() throws Exception {
        super.open();
        for (Map.Entry<String, List<SwappableStep>> entry : following.entrySet()) {
            SwappableStep first = entry.getValue().get(0);
            Release kept = taken.get(entry.getKey());
            taken.remove(entry.getKey());
            take(first.planned());
            take(kept);
            take(found(first.watch(), taken.get(entry.getKey())));
        }
        others.clear(); // They hold what they were planned with.
    }

    /** What a directory says now; null where that is nothing new, or cannot be had or served by all. */
    private Release found(Watch watch, Release before) {
        String directory = before.directory;
        try {
            Release release = Releases.read(watch);
            if (!Releases.isNewer(release, before)) {
                return null;
            }
            for (SwappableStep other : others) {
                if (other.planned().directory.equals(directory)) {
                    try {
                        other.take(release);
                    } finally {
                        other.close();
                    }
                }
            }
            return release;
        } catch (IOException | InvalidArtifactException | RuntimeException e) { // Of a store, or a variable.
            LOG.warn("{}: begins with what it had: {}", directory, e.toString());
            return null;
        }
    }

    /** Takes a release, which may be null, where it is newer than what is served. */
    private void take(Release release) throws Exception {
        if (release == null
                || !following.containsKey(release.directory)
                || !Releases.isNewer(release, taken.get(release.directory))) {
            return;
        }
        List<SwappableStep> steps = following.get(release.directory);
        Release before = taken.get(release.directory);
        int changed = 0;
        try {
            for (SwappableStep step : steps) {
                step.take(release);
                changed++;
            }
            taken.put(release.directory, release);
            LOG.info("serves {}", release);
        } catch (InvalidArtifactException e) {
            if (before == null) {
                throw e;
            }
            // Whoever sends one has tried it before: this is seen only where the directory was read here.
            LOG.warn("{}: not served: {}", release.directory, e.getMessage());
            for (SwappableStep step : steps.subList(0, changed)) {
                step.take(before); // All of a directory run the same.
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<Event> element) {
        run(element.getValue());
    }

    @Override
    public void processElement2(StreamRecord<Release> element) throws Exception {
        drain(); // What was gathered is for the models that may go now.
        take(element.getValue());
    }
}
