package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.config.Whole;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.Excerpt;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Gives fields another type. */
public final class Cast implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final String BASE64 = "[base64]";

    /** @param types the new type of each field, as {@link TypeText} reads it; a question mark gives null on failure */
    @VerbDoc(
            purpose = "Gives fields another type. Nothing is lost but what is said here: string to int, long, double,"
                    + " decimal, boolean (true, false), timestamp and date (ISO 8601; a timestamp with its offset), enum"
                    + " (a symbol), bytes (UTF-8, or bytes[base64]), and each of them to string; int, long, double and"
                    + " decimal to each other (a double is rounded half-even to a decimal's digits, a decimal gives the"
                    + " nearest double); int and long 0 and 1 to boolean and back; long to timestamp (milliseconds since"
                    + " 1970) and back; int to date (days since 1970) and back; date to timestamp (midnight UTC);"
                    + " timestamp to date (its day in UTC); the elements of arrays and maps likewise.",
            signature = "T → U; T? → U?; T → U? where U is written with a question mark",
            errors = "CAST_FAILED: the value has no counterpart in the type: text that is no number, a whole number out"
                    + " of range, a fraction to int, more digits than the decimal has. null instead where the type is"
                    + " written with a question mark. A null stays null.",
            example = """
                    step: { cast: { amount: "decimal(8,2)", count: int?, day: date, ids: array<long> } }
                    fields: { amount: string, count: string, day: timestamp, ids: array<string> }
                    input: { amount: "12.5", count: many, day: 2026-01-31T23:59:59Z, ids: ["7", "8"] }
                    output: { amount: 12.50, count: null, day: 2026-01-31, ids: [7, 8] }
                    """)
    public record Config(
            @Whole
                    @OptionDoc("The type of each field: int, long, double, decimal(10,2), string, bytes, boolean,"
                            + " timestamp, date, enum(a,b), array<T>, map<T>; bytes[base64] from a string and"
                            + " string[base64] from bytes. A question mark behind it, as in double?, gives null where a"
                            + " value cannot be cast, instead of a reject.")
                    Map<String, String> types)
            implements StepConfig {
        public Config {
            if (types == null || types.isEmpty()) {
                throw new IllegalArgumentException("expected { field: type } for at least one field");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            List<Target> targets = new ArrayList<>();
            types.forEach((name, type) -> {
                Target target = target(planning, name, type);
                if (target != null) {
                    targets.add(target);
                }
            });
            return targets.size() == types.size() ? new Cast(targets) : null;
        }

        private static Target target(Planning planning, String name, String text) {
            Schema.Field field = planning.field(name, name);
            boolean base64 = text.replace("?", "").endsWith(BASE64);
            Schema type;
            try {
                type = TypeText.parse(base64 ? text.replace(BASE64, "") : text);
            } catch (IllegalArgumentException e) {
                planning.problem(name, e.getMessage());
                return null;
            }
            if (field == null) {
                return null;
            }
            Target target = new Target(field.pos(), name, field.schema(), type, base64);
            Schema result = Conversions.result(field.schema(), type);
            if (!base64 && TypeText.of(result).equals(TypeText.of(field.schema()))) {
                planning.problem(name, "field '" + name + "' is " + FieldTypes.describe(result) + " already; leave it out");
                return null;
            }
            if (target.conversion() == null) {
                planning.problem(name, "field '" + name + "' is " + FieldTypes.describe(field.schema())
                        + ", which cannot be cast to " + text);
                return null;
            }
            planning.replace(name, result);
            return target;
        }
    }

    /** One field and its type before and after; the conversion is made where it runs. */
    private record Target(int position, String name, Schema from, Schema to, boolean base64) implements Serializable {
        Conversion conversion() {
            if (!base64) {
                return Conversions.of(from, to);
            }
            boolean decodes = TypeText.of(FieldTypes.withoutNull(to)).equals("bytes") && FieldTypes.isString(from);
            boolean encodes = FieldTypes.isString(to)
                    && TypeText.of(FieldTypes.withoutNull(from)).equals("bytes");
            return decodes
                    ? TextConversions.fromBase64()
                    : encodes ? TextConversions.toBase64() : null;
        }

        RejectedEventException failed(Object value) {
            return new RejectedEventException(
                    "CAST_FAILED",
                    "field '" + name + "': read "
                            + (value instanceof ByteBuffer bytes ? bytes.remaining() + " bytes" : Excerpt.of(value))
                            + ", expected " + TypeText.of(to));
        }
    }

    private final Target[] targets;
    private transient Conversion[] conversions;

    private Cast(List<Target> targets) {
        this.targets = targets.toArray(Target[]::new);
    }

    @Override
    public void open() {
        conversions = new Conversion[targets.length];
        for (int i = 0; i < targets.length; i++) {
            conversions[i] = targets[i].conversion();
        }
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        Object[] values = event.widened(0);
        for (int i = 0; i < targets.length; i++) {
            Target target = targets[i];
            Object value = values[target.position];
            if (value == null) {
                continue;
            }
            Object converted = conversions[i].apply(value);
            if (converted == Conversion.FAILED) {
                if (!target.to.isNullable()) {
                    throw target.failed(value);
                }
                converted = null;
            }
            values[target.position] = converted;
        }
        return event.withValues(values);
    }
}
