package io.datamill.step.transform;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.TextSerializer;
import io.datamill.step.FieldTypes;
import io.datamill.step.KeyFields;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/** Puts the last value that a key had where a field is null. */
public final class ImputeLast implements KeyedStep {
    private static final long serialVersionUID = 1L;

    /** Values are forgotten in groups, this many to {@code within}. */
    private static final int SLOTS = 24;

    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_TEXT = 10_000;

    /** Which fields, and for how long a value serves. */
    @VerbDoc(
            purpose = "Puts the last value that came under a key where a field is null: the last in the order of the"
                    + " stream, no more than within away in event time; where there is none, the field stays null. It is"
                    + " a verb beside impute since it remembers, and so has an id and a key. An event with a null in the"
                    + " key passes as it is.",
            signature =
                    "a nullable string, int, long, double, float, boolean, enum, timestamp or date → the same, still"
                            + " nullable",
            errors = "None. A string of more than 10000 characters is not remembered.",
            state = "For each key and field about 60 bytes, the value and the field's name, until the watermark has"
                    + " reached its time plus within and up to a 24th more.",
            example = """
                    step: { impute-last: { id: last-status, key: [sensor], fields: [status], within: 1h } }
                    fields: { sensor: string, status: string?, at: timestamp }
                    time: at
                    input:
                      - { sensor: a, status: ok, at: 2026-01-31T12:00:00Z }
                      - { sensor: b, status: null, at: 2026-01-31T12:01:00Z }
                      - { sensor: a, status: null, at: 2026-01-31T12:02:00Z }
                      - { sensor: a, status: null, at: 2026-01-31T14:00:00Z }
                    output:
                      - { sensor: a, status: ok, at: 2026-01-31T12:00:00Z }
                      - { sensor: b, status: null, at: 2026-01-31T12:01:00Z }
                      - { sensor: a, status: ok, at: 2026-01-31T12:02:00Z }
                      - { sensor: a, status: null, at: 2026-01-31T14:00:00Z }
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.")
            String id,

            @OptionDoc("The fields, beside the tenant, under whose values a value is remembered: strings, integers,"
                    + " booleans, enums.")
            List<String> key,

            @OptionDoc("The nullable fields to fill, 1 to 100, none of the key.")
            List<String> fields,

            @OptionDoc("How far in event time a value may be from the event it fills: 1m to 90d.")
            Duration within)
            implements StepConfig {
        public Config {
            StateId.require(id);
            key = KeyFields.require(key);
            if (fields == null || fields.isEmpty() || fields.size() > MOST_FIELDS) {
                throw new IllegalArgumentException("fields: expected 1 to " + MOST_FIELDS + " fields, but read "
                        + (fields == null ? "none" : fields.size()));
            }
            if (within == null
                    || within.compareTo(Duration.ofMinutes(1)) < 0
                    || within.compareTo(Duration.ofDays(90)) > 0) {
                throw new IllegalArgumentException(
                        "within is " + (within == null ? "missing" : Durations.text(within)) + ", expected 1m to 90d");
            }
            fields = List.copyOf(fields);
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            boolean good = KeyFields.check(key, planning);
            if (!planning.surroundings().timed()) {
                planning.problem("within", "the age of a value needs event time: give event.time");
                good = false;
            }
            List<Schema.Field> filled = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                Schema.Field field = filled("fields[" + i + "]", fields.get(i), planning);
                if (field != null) {
                    planning.replace(field.name(), field.schema());
                    filled.add(field);
                }
            }
            return good && filled.size() == fields.size() ? new ImputeLast(this, planning.input(), filled) : null;
        }

        private Schema.Field filled(String option, String name, Planning planning) {
            Schema.Field field = planning.field(option, name);
            if (field == null) {
                return null;
            }
            String problem = null;
            if (key.contains(name)) {
                problem = "field '" + name + "' is part of the key";
            } else if (!field.schema().isNullable()) {
                problem = "field '" + name + "' is never null; leave it out";
            } else if (!canKeep(FieldTypes.withoutNull(field.schema()))) {
                problem = "field '" + name + "' is " + FieldTypes.describe(field.schema())
                        + ", expected a string, number, boolean, enum, timestamp or date";
            }
            if (problem != null) {
                planning.problem(option, problem);
                return null;
            }
            return field;
        }

        private static boolean canKeep(Schema type) {
            return switch (type.getType()) {
                case STRING, ENUM, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
                default -> false;
            };
        }
    }

    private final String id;
    private final List<String> key;
    private final int[] keyPositions;
    private final String[] names;
    private final int[] positions;
    private final Schema[] types;
    private final long within;
    private final long slot;
    private transient Context context;
    private transient MapState<String, LastValue> last;

    private ImputeLast(Config config, Schema input, List<Schema.Field> filled) {
        this.id = config.id();
        this.key = config.key();
        this.keyPositions = KeyFields.positions(key, input);
        this.names = filled.stream().map(Schema.Field::name).toArray(String[]::new);
        this.positions = filled.stream().mapToInt(Schema.Field::pos).toArray();
        this.types = filled.stream()
                .map(field -> FieldTypes.withoutNull(field.schema()))
                .toArray(Schema[]::new);
        this.within = config.within().toMillis();
        this.slot = within / SLOTS;
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
    public void open(Context opened) {
        context = opened;
        last = opened.state()
                .getMapState(new MapStateDescriptor<>("last", TextSerializer.INSTANCE, LastValueSerializer.INSTANCE));
    }

    @Override
    public Event apply(Event event) throws Exception {
        for (int position : keyPositions) {
            if (event.values()[position] == null) {
                return event;
            }
        }
        long time = event.header().time();
        Object[] filled = null;
        for (int i = 0; i < positions.length; i++) {
            Object value = event.values()[positions[i]];
            if (value != null) {
                remember(names[i], value, time);
                continue;
            }
            LastValue known = last.get(names[i]);
            Object fitting =
                    known == null || Math.abs(time - known.time()) > within ? null : typed(known.value(), types[i]);
            if (fitting != null) {
                filled = filled == null ? event.widened(0) : filled;
                filled[positions[i]] = fitting;
            }
        }
        return filled == null ? event : event.withValues(filled);
    }

    private void remember(String name, Object value, long time) throws Exception {
        if (value instanceof String text && text.length() > LONGEST_TEXT) {
            last.remove(name); // What came before is not the last any more.
            return;
        }
        last.put(name, new LastValue(time, value instanceof GenericData.EnumSymbol ? value.toString() : value));
        // Rounded up, so that there are few timers.
        context.registerTimer(-Math.floorDiv(-(time + within), slot) * slot);
    }

    /** Null where the field had another type when the value was remembered. */
    private static Object typed(Object value, Schema type) {
        return switch (type.getType()) {
            case STRING -> value instanceof String ? value : null;
            case ENUM ->
                value instanceof String symbol && type.hasEnumSymbol(symbol)
                        ? new GenericData.EnumSymbol(type, symbol)
                        : null;
            case INT -> value instanceof Integer ? value : null;
            case LONG -> value instanceof Long ? value : null;
            case FLOAT -> value instanceof Float ? value : null;
            case DOUBLE -> value instanceof Double ? value : null;
            default -> value instanceof Boolean ? value : null;
        };
    }

    @Override
    public void onTimer(long time) throws Exception {
        boolean kept = false;
        for (Iterator<Map.Entry<String, LastValue>> entries = last.iterator(); entries.hasNext(); ) {
            if (entries.next().getValue().time() + within <= time) {
                entries.remove();
            } else {
                kept = true;
            }
        }
        if (!kept) {
            last.clear(); // On the heap an emptied map would stay for ever.
        }
    }
}
