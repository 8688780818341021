package io.datamill.step.score;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/** Adds a model's score for the event, with the reasons: the features that moved it most. */
public final class Score implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final int MAX_REASONS = 5;

    private static final Schema REASON = SchemaBuilder.record("Reason")
            .namespace("io.datamill.score")
            .doc("What one feature added to the log-odds of trust, against the average of the training data")
            .fields()
            .requiredString("feature")
            .requiredDouble("contribution")
            .endRecord();
    private static final Schema SCORE = SchemaBuilder.record("Score")
            .namespace("io.datamill.score")
            .fields()
            .name("score")
            .doc("The probability that the event is trustworthy: 0 to 1")
            .type()
            .doubleType()
            .noDefault()
            .name("model")
            .doc("name@version")
            .type()
            .stringType()
            .noDefault()
            .name("reasons")
            .doc("The strongest first")
            .type()
            .array()
            .items(REASON)
            .noDefault()
            .endRecord();

    private final BoundModel model;
    private final String identity;
    private final int position;
    private final int[] top = new int[MAX_REASONS];

    private Score(BoundModel model, String identity, int position) {
        this.model = model;
        this.identity = identity;
        this.position = position;
    }

    /**
     * @param model the artifact's directory; it is read while the pipeline is planned and travels in the job graph
     * @param as the field to add
     */
    @VerbDoc(
            purpose =
                    "Adds a trust model's score, the probability that the event is trustworthy, with the model's name and"
                            + " version and the five features that moved it most.",
            signature = "the fields the model reads → record of score: double, model: string, reasons: array",
            errors =
                    "NO_SCORE where an ONNX model gives no number, or none from 0 to 1 for a probability. A field that is"
                            + " null counts as the model says.",
            example = """
                    files:
                      model.json: |
                        {"identity": {"format": 2, "name": "links", "version": "e4eee5a2123a", "algorithm": "logistic"},
                         "thresholds": {"quarantine": 0.1, "label": 0.3},
                         "features": [{"name": "links", "feature": {"kind": "number", "field": "links", "absent": 0.0}}],
                         "scorer": {"kind": "additive", "intercept": 0.0, "trees": [],
                                    "linear": {"means": [2.0], "scales": [1.0], "weights": [-1.0]}},
                         "files": {}}
                    step: { score: { model: "${env:EXAMPLE_DIR}", as: trust } }
                    fields: { links: int }
                    input: { links: 3 }
                    output:
                      links: 3
                      trust:
                        score: 0.2689414213699951 # 1 / (1 + e)
                        model: links@e4eee5a2123a
                        reasons: [ { feature: links, contribution: -1.0 } ]
                    """)
    public record Config(
            @OptionDoc("The directory of the model; it is read while the pipeline is planned.")
            Reference model,

            @OptionDoc("The field to add.") String as)
            implements StepConfig {
        private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        public Config {
            if (model == null) {
                throw new IllegalArgumentException("model is missing; give the directory of a model");
            }
            if (as == null || !FIELD.matcher(as).matches()) {
                throw new IllegalArgumentException("as: expected the name of the field to add, such as 'trust'; found "
                        + (as == null ? "none" : "'" + as + "'"));
            }
        }

        @Override
        public Stage stage() {
            return Stage.SCORE;
        }

        @Override
        public Step plan(Planning planning) {
            int position = planning.add("as", as, SCORE);
            try {
                String directory = model.resolve();
                Model artifact = ModelArtifact.read(directory);
                BoundModel bound = BoundModel.plan(
                        artifact,
                        name -> ModelArtifact.file(directory, artifact, name),
                        planning.input(),
                        problem -> planning.problem("model", problem));
                return bound == null
                        ? null
                        : new Score(bound, artifact.identity().toString(), position);
            } catch (InvalidModelException | Reference.UnresolvedReferenceException e) {
                planning.problem("model", e.getMessage());
                return null;
            }
        }
    }

    @Override
    public void open() throws InvalidModelException {
        model.open();
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        double score = BoundModel.probability(model.margin(event.values()));
        Object[] values = event.widened(1);
        GenericData.Record outcome = new GenericData.Record(SCORE);
        outcome.put(0, score);
        outcome.put(1, identity);
        outcome.put(2, reasons());
        values[position] = outcome;
        return event.withValues(values);
    }

    private List<GenericData.Record> reasons() {
        int found = model.strongest(top);
        List<GenericData.Record> reasons = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            GenericData.Record reason = new GenericData.Record(REASON);
            reason.put(0, model.name(top[i]));
            reason.put(1, model.contribution(top[i]));
            reasons.add(reason);
        }
        return reasons;
    }
}
