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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Gives fields other names; values and order stay. */
public final class Rename implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** @param names the new name by the old one; all at once, so two fields can swap theirs */
    @VerbDoc(
            purpose = "Gives fields other names: { old: new }. All names change at once, so two fields can swap theirs.",
            signature = "any fields → the same under other names",
            example = """
                    step: { rename: { src: source, a: b, b: a } }
                    fields: { src: string, a: long, b: long }
                    input: { src: web, a: 1, b: 2 }
                    output: { source: web, b: 1, a: 2 }
                    """)
    public record Config(
            @Whole
                    @OptionDoc("The new name by the old one, { old: new }. A new name is letters, digits and _, no digit"
                            + " in front, and no field's that keeps its name.")
                    Map<String, String> names)
            implements StepConfig {
        public Config {
            if (names == null || names.isEmpty()) {
                throw new IllegalArgumentException("expected { old: new } for at least one field");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Set<String> taken = planning.input().getFields().stream()
                    .map(Schema.Field::name)
                    .filter(name -> !names.containsKey(name))
                    .collect(Collectors.toCollection(HashSet::new));
            boolean right = true;
            for (Map.Entry<String, String> name : names.entrySet()) {
                right &= fits(planning, name.getKey(), name.getValue(), taken);
            }
            if (!right) {
                return null;
            }
            List<Schema.Field> given = new ArrayList<>();
            Set<String> kept = new HashSet<>();
            for (Schema.Field field : planning.input().getFields()) {
                String name = names.get(field.name());
                given.add(name == null ? field : new Schema.Field(name, field.schema(), field.doc()));
                if (name == null) {
                    kept.add(field.name());
                }
            }
            planning.give(given, kept);
            return new Rename();
        }

        private static boolean fits(Planning planning, String old, String name, Set<String> taken) {
            boolean found = planning.field(old, old) != null;
            if (!Planning.isName(name)) {
                planning.problem(
                        old, "'" + name + "' is no name for a field: letters, digits and _, no digit in front");
            } else if (name.equals(old)) {
                planning.problem(old, "field '" + old + "' has that name already; leave it out");
            } else if (!taken.add(name)) {
                planning.problem(old, "field '" + name + "' is there already; choose another name");
            } else {
                return found;
            }
            return false;
        }
    }

    private Rename() {}

    @Override
    public Event apply(Event event) {
        return event;
    }
}
