package io.datamill.step.fitted;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes numbers 1 or 0 by a threshold. */
public final class Binarize implements StatelessStep, Columns.Mapping {
    private static final long serialVersionUID = 1L;
    private static final Integer ONE = 1;
    private static final Integer ZERO = 0;

    /** The options, of which {@code fields} is required. */
    @VerbDoc(
            purpose = "Makes a number 1 where it is above a threshold, else 0. Nothing is learned.",
            signature = "int, long, float, double or decimal, nullable → int, nullable where the field is",
            errors = "None. Null stays null; NaN gives 0.",
            example = """
                    step: { binarize: { fields: [size], threshold: 100, into: { size: is_large } } }
                    fields: { size: "long?" }
                    input: [ { size: 101 }, { size: 100 }, { size: null } ]
                    output: [ { size: 101, is_large: 1 }, { size: 100, is_large: 0 }, { size: null, is_large: null } ]
                    """)
    public record Config(
            @OptionDoc("the numeric fields, 1 to 1,000") List<String> fields,

            @OptionDoc(value = "what a number must exceed to be 1", otherwise = "0")
            Double threshold,

            @OptionDoc(value = "new fields for the results, by field: { size: is_large }", otherwise = "in place")
            Map<String, String> into)
            implements StepConfig {
        public Config {
            Options.fields(fields);
            threshold = threshold == null ? 0.0 : threshold;
            Parameters.finite("threshold", threshold);
            into = Options.into(into, fields);
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Columns columns = Columns.plan(fields, into, Schema.create(Schema.Type.INT), planning);
            return columns == null ? null : new Binarize(columns, threshold);
        }
    }

    private final Columns columns;
    private final double threshold;

    private Binarize(Columns columns, double threshold) {
        this.columns = columns;
        this.threshold = threshold;
    }

    @Override
    public Event apply(Event event) {
        return event.withValues(columns.map(event, 0, this));
    }

    @Override
    public Object map(int column, double value) {
        return value > threshold ? ONE : ZERO;
    }
}
