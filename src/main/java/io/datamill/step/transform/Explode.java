package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.ExpandingStep;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Makes one event of each element of an array, or entry of a map. A part's id is the event's with the element's index,
 * or the entry's key, behind it, so that it is the same again in a replay.
 */
public final class Explode implements ExpandingStep {
    private static final long serialVersionUID = 1L;
    private static final int LIMIT = 10_000;
    private static final int HIGHEST_LIMIT = 100_000;

    /** What becomes of an event whose field is null or has no element. */
    public enum Empty {
        DROP,
        KEEP
    }

    /** Which field, and what its elements are called. */
    @VerbDoc(
            purpose = "Makes one event of each element of an array or entry of a map; all other fields are repeated."
                    + " The part's id is the event's with the index or key behind it: m1~0, m1~1.",
            signature = "array<T> → T, int; map<T> → string, T",
            errors = "TOO_MANY_PARTS: more elements than the limit. With empty: drop, an event without an element is"
                    + " counted as filtered.",
            example = """
                    step: { explode: { field: items, as: item, index-as: i } }
                    fields: { order: string, items: array<string> }
                    input: { order: o1, items: [pen, ink] }
                    output:
                      - { order: o1, item: pen, i: 0 }
                      - { order: o1, item: ink, i: 1 }
                    """)
    public record Config(
            @OptionDoc("An array or map; it is replaced by its element.") String field,
            @OptionDoc(value = "The name of the element, or of an entry's value.", otherwise = "the field's own")
                    String as,
            @OptionDoc(value = "Adds the element's index in the array, an int from 0.", otherwise = "not added")
                    String indexAs,
            @OptionDoc(value = "The name of a map's key, a string; of a map only.", otherwise = "the element's name and _key")
                    String keyAs,
            @OptionDoc(
                            value = "What becomes of an event whose field is null or empty: drop, or keep with null for"
                                    + " element, index and key, under its own id.",
                            otherwise = "drop")
                    Empty empty,
            @OptionDoc(value = "Most events made of one, 1 to 100000.", otherwise = "10000") Integer limit)
            implements StepConfig {
        public Config {
            if (field == null) {
                throw new IllegalArgumentException("field is missing; give the array or map");
            }
            as = as == null ? field : as;
            empty = empty == null ? Empty.DROP : empty;
            limit = limit == null ? LIMIT : limit;
            if (limit < 1 || limit > HIGHEST_LIMIT) {
                throw new IllegalArgumentException("limit is " + limit + ", expected 1 to " + HIGHEST_LIMIT);
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Schema.Field exploded = planning.field("field", field);
            if (exploded == null || !fits(planning, exploded)) {
                return null;
            }
            Schema type = FieldTypes.withoutNull(exploded.schema());
            boolean map = type.getType() == Schema.Type.MAP;
            Schema part = orNull(map ? type.getValueType() : type.getElementType());
            List<Schema.Field> given = new ArrayList<>();
            Set<String> kept = new HashSet<>();
            for (Schema.Field other : planning.input().getFields()) {
                if (other.pos() == exploded.pos()) {
                    given.add(new Schema.Field(as, part));
                } else {
                    given.add(other);
                    kept.add(other.name());
                }
            }
            planning.give(given, kept);
            String place = map && keyAs == null ? as + "_key" : map ? keyAs : indexAs;
            if (place != null) {
                Schema plain = map ? TypeText.parse("string") : Schema.create(Schema.Type.INT);
                planning.add(map ? "key-as" : "index-as", place, orNull(plain));
            }
            return new Explode(exploded.pos(), place != null, empty, limit);
        }

        private boolean fits(Planning planning, Schema.Field exploded) {
            Schema.Type type = FieldTypes.withoutNull(exploded.schema()).getType();
            String told = null;
            String option = "field";
            if (type != Schema.Type.ARRAY && type != Schema.Type.MAP) {
                told = "field '" + field + "' is " + FieldTypes.describe(exploded.schema())
                        + ", expected an array or a map";
            } else if (type == Schema.Type.MAP && indexAs != null) {
                option = "index-as";
                told = "field '" + field + "' is a map, whose entries have no order; there is key-as";
            } else if (type == Schema.Type.ARRAY && keyAs != null) {
                option = "key-as";
                told = "field '" + field + "' is an array, whose elements have no key; there is index-as";
            } else if (!as.equals(field) && planning.input().getField(as) != null) {
                option = "as";
                told = "field '" + as + "' is there already; choose another name";
            } else if (!Planning.isName(as)) {
                option = "as";
                told = "'" + as + "' is no name for a field: letters, digits and _, no digit in front";
            }
            if (told != null) {
                planning.problem(option, told);
            }
            return told == null;
        }

        private Schema orNull(Schema schema) {
            return empty == Empty.KEEP ? FieldTypes.nullable(schema) : schema;
        }
    }

    private final int field;
    private final boolean placed;
    private final Empty empty;
    private final int limit;

    /** @param placed whether the index or key is added behind the other fields */
    private Explode(int field, boolean placed, Empty empty, int limit) {
        this.field = field;
        this.placed = placed;
        this.empty = empty;
        this.limit = limit;
    }

    @Override
    public void apply(Event event, Consumer<Event> out) throws RejectedEventException {
        Object value = event.values()[field];
        int size = value == null ? 0 : value instanceof Map<?, ?> map ? map.size() : ((List<?>) value).size();
        if (size > limit) {
            throw new RejectedEventException("TOO_MANY_PARTS", size + " elements, expected at most " + limit);
        }
        if (size == 0) {
            if (empty == Empty.KEEP) {
                out.accept(event.withValues(values(event, null, null)));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> out.accept(part(event, key.toString(), part, key.toString())));
        } else {
            List<?> elements = (List<?>) value;
            for (int i = 0; i < size; i++) {
                out.accept(part(event, Integer.toString(i), elements.get(i), i));
            }
        }
    }

    private Event part(Event event, String name, Object value, Object place) {
        return new Event(event.header().part(name), event.key(), values(event, value, place));
    }

    private Object[] values(Event event, Object value, Object place) {
        Object[] values = event.widened(placed ? 1 : 0);
        values[field] = value;
        if (placed) {
            values[values.length - 1] = place;
        }
        return values;
    }
}
