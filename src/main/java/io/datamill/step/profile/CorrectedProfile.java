package io.datamill.step.profile;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import java.util.List;
import org.apache.avro.Schema;

/** A profile that analysts' labels correct: what comes after a label sees it, what came before stays as it was. */
final class CorrectedProfile implements JoinStep {
    private static final long serialVersionUID = 1L;

    private final Profile profile;
    private final String input;
    private final int label;
    private final int event;

    /** Negative: the label's own. */
    private final int time;

    /** @param labels the schema of the other input */
    CorrectedProfile(Profile profile, Feedback feedback, Schema labels) {
        this.profile = profile;
        this.input = feedback.input();
        this.label = labels.getField(feedback.label()).pos();
        this.event = labels.getField(feedback.event()).pos();
        this.time =
                feedback.time() == null ? -1 : labels.getField(feedback.time()).pos();
    }

    @Override
    public String id() {
        return profile.id();
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public List<String> key() {
        return profile.key();
    }

    @Override
    public List<String> inputKey() {
        return profile.key();
    }

    @Override
    public void open(KeyedStep.Context opened, Schema stream, Schema labels) {
        profile.open(opened);
    }

    @Override
    public Event applyStream(Event given) throws Exception, RejectedEventException {
        return profile.apply(given);
    }

    @Override
    public void applyInput(Event given) throws Exception {
        Object[] values = given.values();
        Object at = time < 0 ? (Long) given.header().time() : values[time];
        if (values[label] != null && values[event] != null && at != null) {
            profile.label(values[event].toString(), (Long) at, values[label].toString());
        }
    }

    @Override
    public void onTimer(long at) {
        throw new IllegalStateException("a profile has no timers");
    }
}
