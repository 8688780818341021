package io.datamill.step.score;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.BatchedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.SwappableStep;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds a model's score for the event, with the reasons: the features that moved it most. */
public final class Score implements SwappableStep, BatchedStep {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Score.class);

    private static final Schema REASON = SchemaBuilder.record("Reason")
            .namespace("io.datamill.score")
            .doc("What one feature added to the log-odds of trust, against the average of the training data")
            .fields()
            .requiredString("feature")
            .requiredDouble("contribution")
            .endRecord();
    private static final Schema SHADOW = SchemaBuilder.record("ShadowScore")
            .namespace("io.datamill.score")
            .doc("What a challenger would have said; nothing is decided by it")
            .fields()
            .requiredDouble("score")
            .requiredString("model")
            .endRecord();
    private static final Schema SCORE = schema(false);
    private static final Schema SHADOWED = schema(true);

    private static Schema schema(boolean shadowed) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record(shadowed ? "ShadowedScore" : "Score")
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
                .noDefault();
        if (shadowed) {
            fields = fields.name("shadow")
                    .doc("The scores of challengers, in the order the pointer names them")
                    .type()
                    .array()
                    .items(SHADOW)
                    .noDefault();
        }
        return fields.endRecord();
    }

    private final Watch watch;
    private final Release planned;
    private final Schema input;
    private final int position;
    private transient Serving<ServedModel> serving;
    private transient int batch;

    private Score(PlannedModel model, Schema input, int position) {
        this.watch = model.watch();
        this.planned = model.release();
        this.input = input;
        this.position = position;
    }

    /**
     * @param model the artifact's directory; it is read while the pipeline is planned and travels in the job graph. One
     *     that has a pointer is followed from then on
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
            @OptionDoc(
                    "The directory of a model, which is read while the pipeline is planned; or one of its versions with"
                            + " a pointer, current.json, which the running job follows.")
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
            int position = planning.add("as", as, PlannedModel.isFollowed(model) ? SHADOWED : SCORE);
            return PlannedModel.plan(model, planning, planned -> new Score(planned, planning.input(), position));
        }
    }

    @Override
    public Watch watch() {
        return watch;
    }

    @Override
    public Release planned() {
        return planned;
    }

    @Override
    public void open() throws InvalidArtifactException {
        take(planned);
    }

    @Override
    public void take(Release release) throws InvalidArtifactException {
        Serving<ServedModel> next = Serving.of(release, serving, files -> ServedModel.of(files, input));
        if (serving != null) {
            serving.without(next).forEach(ServedModel::close);
        }
        serving = next;
        batch = next.all().stream().mapToInt(ServedModel::batch).max().orElse(1);
    }

    @Override
    public void close() {
        if (serving != null) {
            serving.all().forEach(ServedModel::close);
            serving = null;
        }
    }

    /** More than 1 while a model that is better asked for several together, such as one of ONNX, is served. */
    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void prepare(Event[] events, int count) {
        for (int i = 0; i < count; i++) {
            Object[] values = events[i].values();
            gather(serving.at(events[i].header().source().position().arrivalTime()), values);
            for (ServedModel challenger : serving.challengers()) {
                gather(challenger, values);
            }
        }
        serving.all().forEach(ServedModel::prepare);
    }

    private static void gather(ServedModel model, Object[] values) {
        if (model.batch() > 1) {
            model.gather(values);
        }
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        // First: what was prepared of a challenger is to be taken also where the champion rejects the event.
        List<GenericData.Record> shadow = watch == null ? null : shadow(event.values());
        ServedModel champion = serving.at(event.header().source().position().arrivalTime());
        GenericData.Record score = new GenericData.Record(watch == null ? SCORE : SHADOWED);
        score.put(0, champion.score(event.values()));
        score.put(1, champion.identity());
        score.put(2, champion.reasons(REASON));
        if (watch != null) {
            score.put(3, shadow);
        }
        Object[] values = event.widened(1);
        values[position] = score;
        return event.withValues(values);
    }

    /** A challenger that has no score for the event is left out: it must not reject what the champion scores. */
    private List<GenericData.Record> shadow(Object[] values) {
        List<GenericData.Record> scores = new ArrayList<>(serving.challengers().size());
        for (ServedModel challenger : serving.challengers()) {
            try {
                GenericData.Record score = new GenericData.Record(SHADOW);
                score.put(0, challenger.score(values));
                score.put(1, challenger.identity());
                scores.add(score);
            } catch (RejectedEventException e) {
                LOG.debug("{}: no score: {}", challenger.identity(), e.getMessage());
            }
        }
        return scores;
    }
}
