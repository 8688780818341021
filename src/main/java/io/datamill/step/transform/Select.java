package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.config.Whole;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Keeps the named fields, in the order they are named; all others go. */
public final class Select implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** @param fields at least one, each once */
    @VerbDoc(
            purpose = "Keeps the named fields, in the order they are named, and drops all others.",
            signature = "any fields → those named",
            example = """
                    step: { select: [user, page] }
                    input: { page: Main, bot: false, user: ann }
                    fields: { page: string, bot: boolean, user: string }
                    output: { user: ann, page: Main }
                    """)
    public record Config(
            @Whole @OptionDoc("The fields to keep, each once, in the order they have afterwards.")
            List<String> fields) implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("expected the names of the fields to keep, such as [user, page]");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < fields.size(); i++) {
                if (!seen.add(fields.get(i))) {
                    planning.problem("[" + i + "]", "field '" + fields.get(i) + "' is named twice");
                }
            }
            List<Schema.Field> kept = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                kept.add(planning.field("[" + i + "]", fields.get(i)));
            }
            if (kept.contains(null) || seen.size() < fields.size()) {
                return null;
            }
            planning.give(kept, kept.stream().map(Schema.Field::name).collect(Collectors.toSet()));
            return new Select(kept);
        }
    }

    private final int[] positions;

    private Select(List<Schema.Field> kept) {
        positions = kept.stream()
                .filter(Objects::nonNull)
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    @Override
    public Event apply(Event event) {
        Object[] before = event.values();
        Object[] values = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            values[i] = before[positions[i]];
        }
        return event.withValues(values);
    }
}
