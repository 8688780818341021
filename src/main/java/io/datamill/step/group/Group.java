package io.datamill.step.group;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.KeyFields;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * Makes one event of all that fall into one window under one key.
 *
 * <p>A window is given when the watermark has reached its last millisecond, which is the time of the event it becomes. An
 * event all of whose windows were given before is late. A bounded input ends with every window being given.
 */
public final class Group implements KeyedStep {
    private static final long serialVersionUID = 1L;
    private static final Set<String> BOUNDS = Set.of("window_start", "window_end");

    /** What becomes of an event whose windows have been closed. */
    public enum Late {
        /** It is counted as late. */
        DROP,
        /** It goes to the rejects. */
        REJECT
    }

    /** Which events stand together, and what is said of them. */
    @VerbDoc(
            purpose = "Makes one event of all that fall into one window of event time under one key: its fields are the"
                    + " key, window_start, window_end (exclusive; both timestamps) and the aggregates. It is given once"
                    + " the watermark has passed the window; its time is the window's last millisecond, its id is made"
                    + " of the step's id, the key and the window's start. A null in the key is a value of its own.",
            signature = "count: any → long; sum: int, long → long, float, double → double, decimal(p,s) → decimal(38,s);"
                    + " avg: number → double; min, max: number, string, timestamp, date → the same; distinct: string,"
                    + " number, boolean, enum → long; quantile: number → double; top: string, integer, boolean, enum →"
                    + " array of {value: string, count: long, error: long}",
            errors = "LATE: with late: reject, an event all of whose windows have been given; it is counted as late"
                    + " otherwise. SUM_OVERFLOW: a sum would pass what a long, or a decimal of 38 digits, can hold."
                    + " sum, avg, min, max and quantile are null where no event of the window has a value.",
            state = "For each key and open window about 150 bytes, and 16 to 24 for each count, sum, avg, min and max, up"
                    + " to 2 kB for a distinct, 5 kB for a quantile (those of one field share it) and 768 values for a"
                    + " top; never the events. It is dropped when the window is given. A session that never pauses stays"
                    + " open. An aggregate that is added under a savepoint starts empty in the open windows.",
            example =
                    """
                    step:
                      group:
                        id: per-minute
                        key: [page]
                        window: { tumbling: 1m }
                        aggregates: { edits: count, bytes: "sum(delta)", editors: "distinct(user)", busiest: "top(user, 1)" }
                    fields: { page: string, user: string, delta: int, at: timestamp }
                    time: at
                    input:
                      - { page: Avro, user: ann, delta: 10, at: 2026-01-31T12:00:05Z }
                      - { page: Avro, user: bob, delta: -3, at: 2026-01-31T12:00:45Z }
                      - { page: Avro, user: ann, delta: 5, at: 2026-01-31T12:00:59Z }
                    output:
                      page: Avro
                      window_start: 2026-01-31T12:00:00Z
                      window_end: 2026-01-31T12:01:00Z
                      edits: 3
                      bytes: 12
                      editors: 2
                      busiest: [ { value: ann, count: 2, error: 0 } ]
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.") String id,
            @OptionDoc("The fields, beside the tenant, whose values select the group: strings, integers, booleans,"
                            + " enums.")
                    List<String> key,
            @OptionDoc("The window: { tumbling: 1m }, { sliding: 10m, every: 1m } or { session: 30m }. Lengths are 1s to"
                            + " 90d; every is at least a 300th of sliding. A session ends when no event has come for"
                            + " that long. Windows of a day are days in UTC.")
                    Window window,
            @OptionDoc(
                            value = "What becomes of an event all of whose windows have been given: drop counts it as"
                                    + " late, reject sends it to the rejects.",
                            otherwise = "drop")
                    Late late,
            @OptionDoc("The fields to add, in this order: count (events), count(f) (values that are not null), sum(f),"
                            + " avg(f), min(f), max(f), distinct(f) (HyperLogLog, standard error 1.6 %), quantile(f, 0.95)"
                            + " (KLL, rank within 1.33 % with 99 % confidence), top(f, 10) (the most frequent of up to"
                            + " 100, exact up to 768 different values, then at most error too high, which is at most"
                            + " 0.35 % of all; values are cut at 256 characters).")
                    Map<String, String> aggregates)
            implements StepConfig {
        public Config {
            StateId.require(id);
            key = KeyFields.require(key);
            if (window == null) {
                throw new IllegalArgumentException("window is missing; give one such as { tumbling: 1m }");
            }
            if (aggregates == null || aggregates.isEmpty()) {
                throw new IllegalArgumentException("aggregates is missing; give at least one, such as events: count");
            }
            late = late == null ? Late.DROP : late;
            aggregates = Collections.unmodifiableMap(new LinkedHashMap<>(aggregates));
        }

        @Override
        public Stage stage() {
            return Stage.GROUP;
        }

        @Override
        public Step plan(Planning planning) {
            boolean good = KeyFields.check(key, planning);
            if (!planning.surroundings().timed()) {
                planning.problem("window", "a window needs event time: give event.time");
                good = false;
            }
            List<Schema.Field> given = new ArrayList<>();
            key.stream()
                    .map(planning.input()::getField)
                    .filter(field -> field != null)
                    .forEach(given::add);
            for (String bound : List.of("window_start", "window_end")) {
                given.add(new Schema.Field(bound, TypeText.parse("timestamp")));
            }
            List<Aggregate> planned = aggregates(planning, given);
            planning.give(given, Set.copyOf(key));
            return good && planned.size() == aggregates.size() ? step(planning.input(), planned) : null;
        }

        private List<Aggregate> aggregates(Planning planning, List<Schema.Field> given) {
            List<Aggregate> planned = new ArrayList<>();
            Set<String> taken = new HashSet<>(BOUNDS);
            taken.addAll(key);
            aggregates.forEach((name, text) -> {
                String option = "aggregates." + name;
                Aggregate aggregate = new AggregateParser(option, text, planning).parse();
                if (!Planning.isName(name)) {
                    planning.problem(
                            option,
                            "'" + name + "' is no name for a field: letters, digits and _, no digit in front");
                } else if (!taken.add(name)) {
                    planning.problem(option, "field '" + name + "' is there already; choose another name");
                } else if (aggregate != null) {
                    given.add(new Schema.Field(name, aggregate.schema()));
                    planned.add(aggregate);
                }
            });
            return planned;
        }

        private Step step(Schema input, List<Aggregate> planned) {
            Schema[] types = key.stream()
                    .map(name -> FieldTypes.withoutNull(input.getField(name).schema()))
                    .toArray(Schema[]::new);
            Contents contents = new Contents(id, KeyFields.positions(key, input), types, planned);
            return new Group(this, contents);
        }
    }

    private final String id;
    private final List<String> key;
    private final Window window;
    private final Late late;
    private final Contents contents;
    private transient Windows windows;
    private transient Fate fate;

    private Group(Config config, Contents contents) {
        this.id = config.id();
        this.key = config.key();
        this.window = config.window();
        this.late = config.late();
        this.contents = contents;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<String> key() {
        return key;
    }

    @Override
    public Fate dropped() {
        return fate;
    }

    @Override
    public void open(Context context) {
        var open = context.state()
                .getMapState(new MapStateDescriptor<>(
                        "windows", LongSerializer.INSTANCE, WindowStateSerializer.INSTANCE));
        windows = window.isSession()
                ? new SessionWindows(window, contents, context, open)
                : new FixedWindows(window, contents, context, open);
    }

    /** Null: the event is in its windows, or late. */
    @Override
    public Event apply(Event event) throws Exception {
        boolean added = windows.add(event);
        if (!added && late == Late.REJECT) {
            throw new RejectedEventException(
                    "LATE",
                    "its time is " + Instant.ofEpochMilli(event.header().time())
                            + ", and every window of that time has been given");
        }
        fate = added ? Fate.ABSORBED : Fate.LATE;
        return null;
    }

    @Override
    public void onTimer(long time) throws Exception {
        windows.close(time);
    }
}
