package io.datamill.pipeline;

import io.datamill.pipeline.Plan.Leg;
import io.datamill.pipeline.Plan.StreamKey;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Cuts the steps where the stream has to be shuffled: before a keyed step whose key is not the one the stream is
 * partitioned by already. The first shuffle carries raw records where its key can be peeked from them.
 */
final class Legs {
    private Legs() {}

    /**
     * @param adapted the schema of what can be peeked
     * @param replaced the fields that each step replaces
     * @param eventId the field of the event's id
     */
    static List<Leg> of(List<PlannedStep> steps, Schema adapted, List<Set<String>> replaced, String eventId) {
        List<Leg> legs = new ArrayList<>();
        List<PlannedStep> leg = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        StreamKey current = null;
        for (int i = 0; i < steps.size(); i++) {
            List<String> fields = key(steps, i, eventId);
            if (fields != null && (current == null || !current.fields().equals(fields))) {
                boolean peeked = current == null
                        && fields.stream().allMatch(name -> adapted.getField(name) != null && !changed.contains(name));
                if (!peeked) {
                    legs.add(new Leg(current, List.copyOf(leg)));
                    leg.clear();
                }
                current = new StreamKey(fields, peeked);
            }
            leg.add(steps.get(i));
            changed.addAll(replaced.get(i));
        }
        legs.add(new Leg(current, List.copyOf(leg)));
        return List.copyOf(legs);
    }

    /** Null for a stateless step; a step that takes any key takes the next one's, else the event's id. */
    private static List<String> key(List<PlannedStep> steps, int at, String eventId) {
        if (!(steps.get(at).step() instanceof KeyedStep)) {
            return null;
        }
        return steps.subList(at, steps.size()).stream()
                .filter(planned -> planned.step() instanceof KeyedStep)
                .map(planned -> ((KeyedStep) planned.step()).key())
                .filter(fields -> !fields.isEmpty())
                .findFirst()
                .orElse(List.of(eventId));
    }
}
