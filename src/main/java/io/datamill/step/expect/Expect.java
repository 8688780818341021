package io.datamill.step.expect;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Observation;
import io.datamill.step.FieldTypes;
import io.datamill.step.ObservingStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.SwappableStep;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Serving;
import io.datamill.step.score.PlannedModel;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Counts what scored events look like, to be held against what is expected of them. */
public final class Expect implements SwappableStep, ObservingStep {
    private static final long serialVersionUID = 1L;

    /** So many bins may be counted in memory; then they go on early. At 8 bytes each. */
    private static final int MAX_BINS = 1 << 20;

    private final Expectations expectations;
    private final Fields fields;
    private final PlannedModel model;
    private transient Serving<ExpectedModel> serving;
    private transient ExpectedModel unknown;
    private transient Consumer<Observation> out;
    private transient long firstOpen;
    private transient int bins;

    private Expect(Expectations expectations, Fields fields, PlannedModel model) {
        this.expectations = expectations;
        this.fields = fields;
        this.model = model;
    }

    /** Where what it reads is; {@code verdict} is -1 where nothing has decided. */
    private record Fields(Schema input, int trust, int score, int model, int verdict) implements Serializable {}

    /**
     * The options as written.
     *
     * @param score the field that a score step has added
     * @param model the directory that this score step has
     * @param window a day is a whole number of it; 10m to 1d
     * @param atLeast fewer events tell nothing of shares; 20 to 1,000,000
     */
    @VerbDoc(
            purpose =
                    "Tells when events are no longer what they were: counts, for each tenant, model version and window"
                            + " of event time, where the score and the features lie, and compares them with the model's"
                            + " baseline.json, written by training; also shares of nulls and of verdicts, and how many events"
                            + " come. What is too far off is a metric, a row of the table `drift` in the ledger's Postgres and"
                            + " an alert. See docs/drift.md.",
            signature = "the fields the model reads, its score, verdict: string where there is one → the same event",
            state = "For each tenant, the counts of the windows that have not ended and the means of those before.",
            example = """
                    files:
                      model.json: |
                        {"identity": {"format": 2, "name": "links", "version": "e79617b22af7", "algorithm": "logistic"},
                         "thresholds": {"quarantine": 0.1, "label": 0.3},
                         "features": [{"name": "links", "feature": {"kind": "number", "field": "links", "absent": 0.0}}],
                         "scorer": {"kind": "additive", "intercept": 0.0, "trees": [],
                                    "linear": {"means": [2.0], "scales": [1.0], "weights": [-1.0]}},
                         "files": {"baseline.json": "524538e6f286fc913dd76e4aacf8b2a804d53a1009cc2ad6a9b5b132e83573ed"}}
                      baseline.json: |
                        {"rows": 100,
                         "score": {"edges": [0.2, 0.5], "counts": [10, 20, 70], "absent": 0.0},
                         "features": {"links": {"edges": [0.0, 2.0], "counts": [50, 40, 10], "absent": 0.05}}}
                    step:
                      expect: { id: links, score: trust, model: "${env:EXAMPLE_DIR}", window: 1h, limits: { psi: 0.3 } }
                    fields: { links: int?, trust: { score: double, model: string }, verdict: string }
                    input: { links: 1, trust: { score: 0.6, model: links@e79617b22af7 }, verdict: pass }
                    output: { links: 1, trust: { score: 0.6, model: links@e79617b22af7 }, verdict: pass }
                    """)
    public record Config(
            @OptionDoc("Names what the step counts: what is in its state is found again under it.")
            String id,

            @OptionDoc("The field that a score step has added.")
            String score,

            @OptionDoc("The directory of that step's model. Where it has a pointer, the running job follows it.")
            Reference model,

            @OptionDoc(
                    value = "How long a window of event time is: 10m to 1d, and a day a whole number of them.",
                    otherwise = "1h")
            Duration window,

            @OptionDoc(
                    value =
                            "Of fewer events in a window no shares are compared, nor the volume where no more are expected"
                                    + " either: 20 to 1000000.",
                    otherwise = "100")
            Integer atLeast,

            @OptionDoc(value = "How far off a window may be.", otherwise = "as below")
            Limits limits)
            implements StepConfig {
        private static final Duration DAY = Duration.ofDays(1);

        public Config {
            StateId.require(id);
            require(score != null, "score is missing; give the field that a score step has added");
            require(model != null, "model is missing; give the directory that the score step has");
            window = window == null ? Duration.ofHours(1) : window;
            require(
                    window.compareTo(Duration.ofMinutes(10)) >= 0 && DAY.toMillis() % window.toMillis() == 0,
                    "window: expected 10m to 1d, of which a day is a whole number, such as 1h; found "
                            + Durations.text(window));
            atLeast = atLeast == null ? 100 : atLeast;
            require(atLeast >= 20 && atLeast <= 1_000_000, "at-least: expected 20 to 1000000 events; found " + atLeast);
            limits = limits == null ? Limits.DEFAULT : limits;
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }

        @Override
        public Stage stage() {
            return Stage.DECIDE;
        }

        @Override
        public Step plan(Planning planning) {
            Schema.Field trust = planning.field("score", score);
            Fields fields = trust == null ? null : fields(trust, planning);
            Expectations expectations = new Expectations(id, window.toMillis(), atLeast, limits);
            Expect step = PlannedModel.plan(
                    model,
                    planning,
                    planned -> new Expect(
                            expectations,
                            fields == null ? new Fields(planning.input(), -1, -1, -1, -1) : fields,
                            planned));
            return fields == null ? null : step;
        }

        private Fields fields(Schema.Field trust, Planning planning) {
            Schema type = trust.schema();
            Schema.Field number = type.getType() == Schema.Type.RECORD ? type.getField("score") : null;
            Schema.Field name = type.getType() == Schema.Type.RECORD ? type.getField("model") : null;
            if (number == null
                    || name == null
                    || number.schema().getType() != Schema.Type.DOUBLE
                    || name.schema().getType() != Schema.Type.STRING) {
                planning.problem(
                        "score",
                        "field '" + score + "' is " + FieldTypes.describe(type)
                                + ", expected what a score step adds: { score: double, model: string }");
                return null;
            }
            Schema.Field verdict = planning.input().getField("verdict");
            return new Fields(
                    planning.input(), trust.pos(), number.pos(), name.pos(), verdict == null ? -1 : verdict.pos());
        }
    }

    /** What the events are held against. */
    public Expectations expectations() {
        return expectations;
    }

    @Override
    public String id() {
        return expectations.step();
    }

    @Override
    public Watch watch() {
        return model.watch();
    }

    @Override
    public Release planned() {
        return model.release();
    }

    @Override
    public void observe(Consumer<Observation> taking) {
        out = taking;
    }

    @Override
    public void open() throws InvalidArtifactException {
        firstOpen = Long.MIN_VALUE;
        take(model.release());
    }

    /** What was counted for the versions before goes on first. */
    @Override
    public void take(Release release) throws InvalidArtifactException {
        Serving<ExpectedModel> next = Serving.of(release, serving, files -> ExpectedModel.of(files, fields.input));
        if (serving == null) {
            unknown = ExpectedModel.unknown();
        } else {
            drain();
        }
        serving = next;
    }

    @Override
    public Event apply(Event event) {
        IndexedRecord trust = (IndexedRecord) event.values()[fields.trust];
        ExpectedModel scored = version(event.header().source().position().arrivalTime(), trust.get(fields.model));
        long own = expectations.windowOf(event.header().time());
        Observation seen = observation(scored, event.header().tenant(), Math.max(own, firstOpen));
        scored.add(seen, (Double) trust.get(fields.score), event.values());
        if (own < firstOpen) {
            seen.late++;
        }
        if (fields.verdict >= 0) {
            seen.addVerdict(event.values()[fields.verdict]);
        }
        return event;
    }

    /** The version that the event names: it is nearly always the one that serves the time it arrived. */
    private ExpectedModel version(long arrivalTime, Object named) {
        ExpectedModel served = serving.at(arrivalTime);
        if (served.identity().equals(named)) {
            return served;
        }
        for (ExpectedModel other : serving.all()) {
            if (other.identity().equals(named)) {
                return other;
            }
        }
        return unknown;
    }

    private Observation observation(ExpectedModel scored, String tenant, long start) {
        Observation seen = scored.find(tenant, start);
        if (seen != null) {
            return seen;
        }
        if (bins > MAX_BINS) {
            drain();
        }
        Observation begun = scored.begin(tenant, start);
        bins += 10; // What one of no bins takes.
        for (long[] counts : begun.counts) {
            bins += counts.length;
        }
        return begun;
    }

    @Override
    public void passed(long watermark) {
        if (watermark == Long.MAX_VALUE) {
            drain();
            return;
        }
        long first = watermark < Long.MIN_VALUE / 2 ? Long.MIN_VALUE : expectations.windowOf(watermark + 1);
        if (first > firstOpen) {
            drain(first);
            firstOpen = first;
        }
    }

    @Override
    public void drain() {
        drain(Long.MAX_VALUE);
        bins = 0;
    }

    private void drain(long before) {
        serving.all().forEach(version -> version.drain(before, this::give));
        unknown.drain(before, this::give);
    }

    private void give(Observation seen) {
        if (out != null) { // A step that is tried alone has nobody to tell.
            out.accept(seen);
        }
    }
}
