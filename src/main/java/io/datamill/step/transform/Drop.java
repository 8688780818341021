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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Removes the named fields; all others stay in their order. */
public final class Drop implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** @param fields at least one, each once, not all there are */
    @VerbDoc(
            purpose = "Removes the named fields and keeps all others.",
            signature = "any fields → those not named",
            example = """
                    step: { drop: [bot] }
                    fields: { page: string, bot: boolean, user: string }
                    input: { page: Main, bot: false, user: ann }
                    output: { page: Main, user: ann }
                    """)
    public record Config(@Whole @OptionDoc("The fields to remove, each once; at least one field has to stay.") List<String> fields)
            implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("expected the names of the fields to remove, such as [raw, debug]");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Set<String> dropped = new HashSet<>();
            boolean right = true;
            for (int i = 0; i < fields.size(); i++) {
                String option = "[" + i + "]";
                right &= planning.field(option, fields.get(i)) != null;
                if (!dropped.add(fields.get(i))) {
                    planning.problem(option, "field '" + fields.get(i) + "' is named twice");
                    right = false;
                }
            }
            List<Schema.Field> kept = planning.input().getFields().stream()
                    .filter(field -> !dropped.contains(field.name()))
                    .toList();
            if (kept.isEmpty()) {
                planning.problem("", "no field is left; keep at least one");
                right = false;
            }
            if (!right) {
                return null;
            }
            planning.give(kept, kept.stream().map(Schema.Field::name).collect(Collectors.toSet()));
            return new Drop(kept.stream().mapToInt(Schema.Field::pos).toArray());
        }
    }

    private final int[] kept;

    private Drop(int[] kept) {
        this.kept = kept;
    }

    @Override
    public Event apply(Event event) {
        Object[] before = event.values();
        Object[] values = new Object[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = before[kept[i]];
        }
        return event.withValues(values);
    }
}
