package io.datamill.cli.release;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.StatelessStep;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Steps that run in this process, one event after the other. */
final class Replay implements AutoCloseable {
    /** The verdict of an event that a step rejects. */
    static final String REJECT = "reject";

    /** The verdict of an event that a step drops. */
    static final String DROP = "drop";

    private static final String PASS = "pass";

    private final List<StatelessStep> steps;
    private final int score;
    private final int verdict;
    private double lastScore = Double.NaN;

    private Replay(List<StatelessStep> steps, Schema output, String score) {
        this.steps = List.copyOf(steps);
        this.score = position(output, score);
        this.verdict = position(output, "verdict");
    }

    /**
     * Opens steps.
     *
     * @param output the schema behind the last of them
     * @param score the field that a model's score is in; null: none is looked at
     */
    static Replay open(List<StatelessStep> steps, Schema output, String score) throws Exception {
        Replay replay = new Replay(steps, output, score);
        List<StatelessStep> begun = new ArrayList<>();
        boolean opened = false;
        try {
            for (StatelessStep step : steps) {
                begun.add(step);
                step.open();
            }
            opened = true;
            return replay;
        } finally {
            if (!opened) {
                close(begun);
            }
        }
    }

    private static int position(Schema schema, String field) {
        return field == null || schema.getField(field) == null
                ? -1
                : schema.getField(field).pos();
    }

    /** Whether there is a decision, so that verdicts say something. */
    boolean decides() {
        return verdict >= 0;
    }

    /** Whether there is a score to look at. */
    boolean scores() {
        return score >= 0;
    }

    /** What is decided about an event: a verdict, {@value #REJECT} or {@value #DROP}; pass where there is no decision. */
    String run(Event event) {
        lastScore = Double.NaN;
        Event at = event;
        try {
            for (StatelessStep step : steps) {
                at = step.apply(at);
                if (at == null) {
                    return DROP;
                }
            }
        } catch (RejectedEventException e) {
            return REJECT;
        }
        if (score >= 0) {
            lastScore = (Double) ((IndexedRecord) at.values()[score]).get(0);
        }
        return verdict < 0 ? PASS : String.valueOf(at.values()[verdict]);
    }

    /** The score of the last event; NaN where it has none. */
    double score() {
        return lastScore;
    }

    @Override
    public void close() throws Exception {
        close(steps);
    }

    private static void close(List<StatelessStep> steps) throws Exception {
        for (StatelessStep step : steps) {
            step.close();
        }
    }
}
