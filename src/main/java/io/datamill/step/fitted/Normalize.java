package io.datamill.step.fitted;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Brings a vector, several fields or one array, to length 1. */
public final class Normalize implements StatelessStep, Columns.Mapping {
    private static final long serialVersionUID = 1L;
    private static final Schema VECTOR = TypeText.parse("array<double>");

    /** The options: {@code fields}, or {@code array}. */
    @VerbDoc(
            purpose = "Divides the numbers of a vector by its length. The vector is several fields of the event, or one"
                    + " array. Nothing is learned.",
            signature = "int, long, float, double or decimal, nullable → double, nullable where the field is;"
                    + " or array of int, long, float or double, nullable → array<double>, nullable where the field is",
            errors = "None. Null stays null, and among several fields counts as 0; a vector of zeros stays; where a"
                    + " number is NaN or infinite, the results are NaN or 0.",
            example = """
                    step: { normalize: { fields: [x, y] } }
                    fields: { x: int, y: "double?" }
                    input: [ { x: 3, y: 4.0 }, { x: -2, y: null } ]
                    output: [ { x: 0.6, y: 0.8 }, { x: -1.0, y: null } ]
                    """)
    public record Config(
            @OptionDoc(value = "the numeric fields that are one vector, 1 to 1,000", otherwise = "array is given")
            List<String> fields,

            @OptionDoc(value = "the field that holds the vector", otherwise = "fields is given")
            String array,

            @OptionDoc(
                    value = "the length: l1, the sum of absolute values; l2, the root of the sum of squares; max,"
                            + " the greatest absolute value",
                    otherwise = "l2")
            Norm norm,

            @OptionDoc(value = "new fields for the results, by field: { x: x_unit }", otherwise = "in place")
            Map<String, String> into)
            implements StepConfig {
        public Config {
            if ((fields == null) == (array == null)) {
                throw new IllegalArgumentException("fields: expected either fields or array");
            }
            fields = fields == null ? List.of() : fields;
            List<String> named = array == null ? fields : List.of(array);
            Options.fields(named);
            norm = norm == null ? Norm.L2 : norm;
            into = Options.into(into, named);
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            if (array == null) {
                Columns columns = Columns.plan(fields, into, Options.DOUBLE, planning);
                return columns == null ? null : new Normalize(columns, norm);
            }
            Schema.Field field = planning.field("array", array);
            if (field == null) {
                return null;
            }
            Schema type = FieldTypes.withoutNull(field.schema());
            if (type.getType() != Schema.Type.ARRAY || !NumericField.isNumber(type.getElementType())) {
                planning.problem(
                        "array",
                        "field '" + array + "' is " + FieldTypes.describe(field.schema())
                                + ", expected an array of int, long, float or double");
                return null;
            }
            Schema result = field.schema().isNullable() ? FieldTypes.nullable(VECTOR) : VECTOR;
            int target = Options.target(array, into, result, planning);
            return new ArrayNormalize(field.pos(), target, into.size(), norm);
        }
    }

    private final Columns columns;
    private final Norm norm;
    private final double[] vector;
    private double length;

    private Normalize(Columns columns, Norm norm) {
        this.columns = columns;
        this.norm = norm;
        this.vector = new double[columns.size()];
    }

    @Override
    public Event apply(Event event) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = columns.isNull(i, event.values()) ? 0 : columns.read(i, event.values());
        }
        length = norm.of(vector);
        return event.withValues(columns.map(event, 0, this));
    }

    @Override
    public Object map(int column, double value) {
        return length == 0 ? value : value / length;
    }

    private static final class ArrayNormalize implements StatelessStep {
        private static final long serialVersionUID = 1L;

        private final int position;
        private final int target;
        private final int added;
        private final Norm norm;

        ArrayNormalize(int position, int target, int added, Norm norm) {
            this.position = position;
            this.target = target;
            this.added = added;
            this.norm = norm;
        }

        @Override
        public Event apply(Event event) {
            Object[] values = event.widened(added);
            Object array = event.values()[position];
            values[target] = array == null ? null : unit((Collection<?>) array);
            return event.withValues(values);
        }

        private List<Double> unit(Collection<?> array) {
            double[] vector = new double[array.size()];
            int read = 0;
            for (Object value : array) {
                vector[read++] = ((Number) value).doubleValue();
            }
            double length = norm.of(vector);
            Double[] unit = new Double[vector.length];
            for (int i = 0; i < unit.length; i++) {
                unit[i] = length == 0 ? vector[i] : vector[i] / length;
            }
            return Arrays.asList(unit);
        }
    }
}
