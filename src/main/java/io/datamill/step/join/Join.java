package io.datamill.step.join;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Header;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.FieldTypes;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyFields;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Joins each event of the stream with those of another input that have the same key and a time near its own. Each pair is
 * one event, given when the later of the two comes; its time is the later one's.
 */
public final class Join implements JoinStep {
    private static final long serialVersionUID = 1L;

    /** What becomes of an event of the stream that no other fits. */
    public enum Kind {
        /** Nothing. */
        INNER,
        /** It goes on with null in place of the other. */
        LEFT
    }

    /** Which events meet, and what they become. */
    @VerbDoc(
            purpose = "Joins each event of the stream with those of another input of the pipeline that have the same"
                    + " values in the given fields and a time near its own: -before <= time of the other - own time <="
                    + " after. Each pair becomes one event, once, when the later of the two comes: the stream's fields and"
                    + " the other's in one record. Its id is the two ids, its time the later of the two. A null in the"
                    + " key fits nothing.",
            signature = "the stream's fields, and a record of the other input's fields; nullable with kind: left",
            errors =
                    "TOO_MANY_MATCHES: as many events as keep allows wait under this key. An inner join counts an event"
                            + " that comes too late for any other as late; a left join gives it alone.",
            state =
                    "For each event of either side about 200 bytes and its values, on the stream's side its raw record as"
                            + " well, until the watermark has passed what may fit it: after behind its time for the stream,"
                            + " before for the other; at most keep for each side and key.",
            example = """
                    step: { join: { id: shipped, with: shipments, on: { order: ref }, after: 1d, as: shipment, kind: left } }
                    inputs:
                      orders: { fields: { order: string, at: timestamp }, time: at }
                      shipments: { fields: { ref: string, carrier: string, at: timestamp }, time: at }
                    input:
                      orders:
                        - { order: a-1, at: 2026-01-31T12:00:00Z }
                        - { order: a-2, at: 2026-01-31T12:00:01Z }
                      shipments:
                        - { ref: a-1, carrier: ups, at: 2026-01-31T15:00:00Z }
                    output:
                      - order: a-1
                        at: 2026-01-31T12:00:00Z
                        shipment: { ref: a-1, carrier: ups, at: 2026-01-31T15:00:00Z }
                      - { order: a-2, at: 2026-01-31T12:00:01Z, shipment: null }
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.")
            String id,

            @OptionDoc("The name of the other input, below inputs. It is not merged into the stream.")
            String with,

            @OptionDoc("The fields that are to be equal: { field of the stream: field of the other input }. Strings,"
                    + " integers, booleans, enums; integers of any size are compared.")
            Map<String, String> on,

            @OptionDoc(
                    value = "How far apart two may be either way, up to 30d: the same as before and after.",
                    otherwise = "before and after are given")
            Duration within,

            @OptionDoc(value = "How long before the stream's event the other may be, up to 30d.", otherwise = "0s")
            Duration before,

            @OptionDoc(value = "How long after the stream's event the other may be, up to 30d.", otherwise = "0s")
            Duration after,

            @OptionDoc("The field to add: a record of the other's fields.")
            String as,

            @OptionDoc(
                    value = "inner gives pairs only; left also gives an event that has met none, with null, once"
                            + " the watermark is after behind its time, which is then its time.",
                    otherwise = "inner")
            Kind kind,

            @OptionDoc(value = "How many events of each side may wait under one key: 1 to 100000.", otherwise = "1000")
            Integer keep)
            implements JoinStep.Config {
        private static final Duration LONGEST = Duration.ofDays(30);
        private static final int MOST = 100_000;

        public Config {
            StateId.require(id);
            if (with == null || with.isBlank()) {
                throw new IllegalArgumentException("with is missing; give the name of another input");
            }
            if (on == null || on.isEmpty()) {
                throw new IllegalArgumentException("on is missing; give { field: field of the other input }");
            }
            if (within == null && before == null && after == null) {
                throw new IllegalArgumentException("within is missing; give how far apart two may be, such as 10m");
            }
            if (within != null && (before != null || after != null)) {
                throw new IllegalArgumentException("within is given beside before or after; leave it out");
            }
            before = within == null ? bounded("before", before) : bounded("within", within);
            after = within == null ? bounded("after", after) : within;
            if (!Planning.isName(as)) {
                throw new IllegalArgumentException(
                        "as is " + (as == null ? "missing" : "'" + as + "'") + "; expected the name of a new field");
            }
            kind = kind == null ? Kind.INNER : kind;
            keep = keep == null ? 1000 : keep;
            if (keep < 1 || keep > MOST) {
                throw new IllegalArgumentException("keep is " + keep + ", expected 1 to " + MOST);
            }
            on = Collections.unmodifiableMap(new LinkedHashMap<>(on));
        }

        private static Duration bounded(String option, Duration given) {
            Duration length = given == null ? Duration.ZERO : given;
            if (length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " is " + Durations.text(length) + ", expected up to 30d");
            }
            return length;
        }

        @Override
        public String input() {
            return with;
        }

        @Override
        public Stage stage() {
            return Stage.JOIN;
        }

        @Override
        public Step plan(Planning planning) {
            Map<String, Schema> inputs = planning.surroundings().inputs();
            Schema other = inputs.get(with);
            if (!planning.surroundings().timed()) {
                planning.problem("", "a join needs event time: give event.time, of each input");
            }
            if (other == null) {
                planning.problem(
                        "with",
                        "no input '" + with + "' that can be joined here" + Suggestion.among(with, inputs.keySet()));
                return null;
            }
            boolean good = planning.surroundings().timed();
            for (Map.Entry<String, String> pair : on.entrySet()) {
                good &= fits("on." + pair.getKey(), pair.getKey(), pair.getValue(), other, planning);
            }
            Schema record = OtherNames.of(as, ReaderSchemas.withJavaStrings(other));
            planning.add("as", as, kind == Kind.LEFT ? FieldTypes.nullable(record) : record);
            return good
                    ? new Join(this, KeyFields.positions(List.copyOf(on.keySet()), planning.input()), record)
                    : null;
        }

        private boolean fits(String option, String name, String otherName, Schema other, Planning planning) {
            Planning ofOther = new Planning(
                    other, (at, message) -> planning.problem(option, "in input '" + with + "': " + message));
            boolean known = KeyFields.check(option, name, planning);
            if (!KeyFields.check("", otherName, ofOther) || !known) {
                return false;
            }
            Schema one = planning.input().getField(name).schema();
            Schema two = other.getField(otherName).schema();
            if (!comparable(FieldTypes.withoutNull(one)).equals(comparable(FieldTypes.withoutNull(two)))) {
                planning.problem(
                        option,
                        "field '" + name + "' is " + FieldTypes.describe(one) + ", but '" + otherName + "' of input '"
                                + with + "' is " + FieldTypes.describe(two));
                return false;
            }
            return true;
        }

        private static String comparable(Schema type) {
            return switch (type.getType()) {
                case INT, LONG ->
                    type.getLogicalType() == null
                            ? "integer"
                            : type.getLogicalType().getName();
                case STRING, ENUM -> "text";
                default -> type.getType().getName();
            };
        }
    }

    private final String id;
    private final String input;
    private final List<String> key;
    private final List<String> inputKey;
    private final int[] keyPositions;
    private final long before;
    private final long after;
    private final boolean left;
    private final int keep;
    private final Schema record;
    private transient KeyedStep.Context context;
    private transient Side stream;
    private transient Side others;
    private transient int[] inputKeyPositions;
    private transient Fate fate;

    private Join(Config config, int[] keyPositions, Schema record) {
        this.id = config.id();
        this.input = config.with();
        this.key = List.copyOf(config.on().keySet());
        this.inputKey = List.copyOf(config.on().values());
        this.keyPositions = keyPositions;
        this.before = config.before().toMillis();
        this.after = config.after().toMillis();
        this.left = config.kind() == Kind.LEFT;
        this.keep = config.keep();
        this.record = record;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String input() {
        return input;
    }

    @Override
    public List<String> key() {
        return key;
    }

    @Override
    public List<String> inputKey() {
        return inputKey;
    }

    @Override
    public Fate dropped() {
        return fate;
    }

    @Override
    public void open(KeyedStep.Context opened, Schema streamSchema, Schema inputSchema) {
        context = opened;
        inputKeyPositions = KeyFields.positions(inputKey, inputSchema);
        stream = new Side(opened.state(), "stream", streamSchema, KeptSchema.of(streamSchema), keep, true);
        others = new Side(opened.state(), "input", inputSchema, KeptSchema.of(record), keep, false);
    }

    @Override
    public Event applyStream(Event event) throws Exception {
        fate = Fate.ABSORBED;
        long time = event.header().time();
        boolean last = time + after <= context.watermark() || hasNull(event, keyPositions);
        if (!last) {
            stream.requireRoom("stream");
        }
        boolean matched = false;
        if (!hasNull(event, keyPositions)) {
            for (var entry : others.between(time - before, time + after)) {
                for (Kept other : entry.getValue()) {
                    matched = true;
                    pair(event.header(), event.key(), event.values(), other);
                }
            }
        }
        if (!last) {
            stream.add(stream.kept(event, matched));
            context.registerTimer(time + after);
        } else if (!matched && left) {
            alone(event.header(), event.key(), event.values());
        } else if (!matched && time + after <= context.watermark()) {
            fate = Fate.LATE;
        }
        return null;
    }

    @Override
    public void applyInput(Event event) throws Exception {
        fate = Fate.ABSORBED;
        if (hasNull(event, inputKeyPositions)) {
            return;
        }
        long time = event.header().time();
        boolean last = time + before <= context.watermark();
        if (!last) {
            others.requireRoom("input");
        }
        Kept other = others.kept(event, false);
        boolean matched = false;
        for (var entry : stream.between(time - after, time + before)) {
            List<Kept> met = new ArrayList<>();
            boolean first = false;
            for (Kept kept : entry.getValue()) {
                matched = true;
                first |= !kept.matched();
                pair(kept.header(), kept.key(), stream.values(kept), other);
                met.add(kept.asMatched());
            }
            if (left && first) {
                stream.replace(entry.getKey(), met);
            }
        }
        if (!last) {
            others.add(other);
            context.registerTimer(time + before);
        } else if (!matched) {
            fate = Fate.LATE;
        }
    }

    @Override
    public void onTimer(long time) throws Exception {
        for (Kept kept : stream.remove(time - after)) {
            if (left && !kept.matched()) {
                alone(kept.header(), kept.key(), stream.values(kept));
            }
        }
        others.remove(time - before);
    }

    private void pair(Header header, String eventKey, Object[] values, Kept other) throws Exception {
        GenericData.Record joined = new GenericData.Record(record);
        Object[] others = this.others.values(other);
        for (int i = 0; i < others.length; i++) {
            joined.put(i, others[i]);
        }
        long time = Math.max(header.time(), other.header().time());
        give(header.part(other.header().id()), time, eventKey, values, joined);
    }

    private void alone(Header header, String eventKey, Object[] values) {
        give(header, header.time() + after, eventKey, values, null);
    }

    private void give(Header header, long time, String eventKey, Object[] values, GenericData.Record joined) {
        Object[] wider = Arrays.copyOf(values, values.length + 1);
        wider[values.length] = joined;
        context.emit(new Event(
                new Header(header.tenant(), header.id(), time, header.writerSchema(), header.source()),
                eventKey,
                wider));
    }

    private static boolean hasNull(Event event, int[] positions) {
        for (int position : positions) {
            if (event.values()[position] == null) {
                return true;
            }
        }
        return false;
    }
}
