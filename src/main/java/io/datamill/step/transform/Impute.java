package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.config.Whole;
import io.datamill.event.Event;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Puts a constant where a field is null; the field is never null after it. */
public final class Impute implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /**
     * The constants, by field: strings, numbers and booleans; for a timestamp-millis an instant such as {@code
     * 2026-01-01T00:00:00Z}, or milliseconds; for a date {@code 2026-01-31}; for a decimal its digits.
     */
    @VerbDoc(
            purpose = "Puts a constant where a field is null; the field is never null after it.",
            signature = "T? → T",
            example = """
                    step: { impute: { spf: none, count: 0, day: "2026-01-31", price: "0.00" } }
                    fields: { spf: string?, count: int?, day: date?, price: "decimal(6,2)?" }
                    input:
                      - { spf: null, count: null, day: null, price: null }
                      - { spf: pass, count: 2, day: 2020-02-29, price: 1.25 }
                    output:
                      - { spf: none, count: 0, day: 2026-01-31, price: 0.00 }
                      - { spf: pass, count: 2, day: 2020-02-29, price: 1.25 }
                    """)
    public record Config(
            @Whole
            @OptionDoc("The constant of each field, which has to be one that may be null: a string, number or"
                    + " boolean; an enum's symbol; of a timestamp an instant such as 2026-01-01T00:00:00Z or"
                    + " milliseconds; of a date 2026-01-31; of a decimal its digits, as \"0.00\".")
            Map<String, Object> constants)
            implements StepConfig {
        public Config {
            if (constants == null || constants.isEmpty()) {
                throw new IllegalArgumentException("expected { field: constant } for at least one field");
            }
            constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            List<Constant> planned = new ArrayList<>();
            constants.forEach((name, written) -> {
                Constant constant = plan(name, written, planning);
                if (constant != null) {
                    planned.add(constant);
                }
            });
            return planned.size() == constants.size() ? new Impute(planned) : null;
        }

        private static Constant plan(String name, Object written, Planning planning) {
            Schema.Field field = planning.field(name, name);
            if (field == null) {
                return null;
            }
            Schema type = FieldTypes.withoutNull(field.schema());
            if (!field.schema().isNullable()) {
                planning.problem(name, "field '" + name + "' is never null; leave it out");
                return null;
            }
            try {
                Constants.of(written, type);
                return new Constant(planning.replace(name, type), written, type);
            } catch (IllegalArgumentException e) {
                planning.problem(name, e.getMessage());
                return null;
            }
        }
    }

    /** As written, since Avro's enum symbols do not travel. */
    private record Constant(int position, Object written, Schema type) implements Serializable {}

    private final Constant[] constants;
    private transient Object[] values;

    private Impute(List<Constant> constants) {
        this.constants = constants.toArray(Constant[]::new);
    }

    @Override
    public void open() {
        values = Arrays.stream(constants)
                .map(constant -> Constants.of(constant.written, constant.type))
                .toArray();
    }

    @Override
    public Event apply(Event event) {
        Object[] imputed = null;
        for (int i = 0; i < constants.length; i++) {
            int position = constants[i].position;
            if (event.values()[position] == null) {
                imputed = imputed == null ? event.widened(0) : imputed;
                imputed[position] = values[i];
            }
        }
        return imputed == null ? event : event.withValues(imputed);
    }
}
