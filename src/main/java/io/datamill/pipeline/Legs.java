package io.datamill.pipeline;

import io.datamill.pipeline.Plan.Leg;
import io.datamill.pipeline.Plan.StreamKey;
import io.datamill.step.ExpandingStep;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Cuts the steps where the stream has to be shuffled: before a keyed step whose key is not the one the stream is
 * partitioned by already. The first shuffle carries raw records where its key can be peeked from them.
 */
final class Legs {
    private final Schema input;
    private final List<PlannedStep> steps;
    private final List<Set<String>> replaced;

    /**
     * @param input the schema before the first step
     * @param replaced the fields that each step replaces
     */
    Legs(Schema input, List<PlannedStep> steps, List<Set<String>> replaced) {
        this.input = input;
        this.steps = steps;
        this.replaced = replaced;
    }

    /**
     * The legs.
     *
     * @param peekable the schema of what can be peeked of a record; null where nothing can
     * @param eventId the field of the event's id there; null where it has none
     */
    List<Leg> cut(Schema peekable, String eventId) {
        List<Leg> legs = new ArrayList<>();
        List<PlannedStep> leg = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        StreamKey current = null;
        List<String> partitioned = null;
        boolean first = peekable != null;
        for (int i = 0; i < steps.size(); i++) {
            List<String> fields = key(i);
            if (fields != null && !fields.equals(partitioned)) {
                List<String> read = fields.isEmpty() && eventId != null ? List.of(eventId) : fields;
                boolean peeked = first
                        && !read.isEmpty()
                        && read.stream().allMatch(name -> peekable.getField(name) != null && !changed.contains(name));
                if (!peeked) {
                    legs.add(new Leg(current, List.copyOf(leg)));
                    leg.clear();
                }
                first = false;
                partitioned = fields;
                current = new StreamKey(peeked ? read : fields, peeked);
            }
            leg.add(steps.get(i));
            changed.addAll(replaced.get(i));
            if (partitioned != null && remakes(i, partitioned)) {
                partitioned = null; // The step's own events are under its key, but of another meaning.
            }
        }
        legs.add(new Leg(current, List.copyOf(leg)));
        return List.copyOf(legs);
    }

    /** Whether the fields that the stream is partitioned by may hold something else behind a step. */
    private boolean remakes(int at, List<String> partitioned) {
        Step step = steps.get(at).step();
        return (step instanceof StatelessStep || step instanceof ExpandingStep)
                ? !Collections.disjoint(replaced.get(at), partitioned)
                : step instanceof JoinStep || !replaced.get(at).isEmpty();
    }

    /**
     * Null for a step without a key; a step that takes any key takes the next one's where its fields are what they are
     * there, else the event's id.
     */
    private List<String> key(int at) {
        List<String> own = ownKey(at);
        if (own == null || !own.isEmpty()) {
            return own;
        }
        Schema before = at == 0 ? input : steps.get(at - 1).output();
        Set<String> changed = new HashSet<>();
        for (int next = at; next < steps.size(); next++) {
            List<String> fields = ownKey(next);
            if (fields != null && !fields.isEmpty()) {
                boolean same =
                        fields.stream().allMatch(name -> before.getField(name) != null && !changed.contains(name));
                return same ? fields : own;
            }
            changed.addAll(replaced.get(next));
        }
        return own;
    }

    /** Null for a step without a key; empty for one that takes any key. */
    private List<String> ownKey(int at) {
        Step step = steps.get(at).step();
        return step instanceof JoinStep join ? join.key() : step instanceof KeyedStep keyed ? keyed.key() : null;
    }
}
