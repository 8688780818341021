package io.datamill.step.fitted;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** How one field is encoded. Every possible result is made once, in {@link #open}. */
@SuppressWarnings("serial") // The lists given are serializable.
final class Encoding implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 100;

    private final String name;
    private final int position;
    private final int target;
    private final Encode.Kind kind;
    private final Encode.Unknown unknown;
    private final int places;
    private final Map<String, Integer> index = new HashMap<>();
    private double[] shares = new double[0];
    private double otherShare;
    private transient Object[] results;
    private transient Object unknownResult;

    private Encoding(Encode.Config config, Schema.Field field, int target, int places) {
        this.name = field.name();
        this.position = field.pos();
        this.target = target;
        this.kind = config.fields().get(name);
        this.unknown = config.unknown();
        this.places = places;
    }

    /** @param learned null for hashing */
    static Encoding of(Encode.Config config, Schema.Field field, int target, Encode.Categories learned) {
        if (learned == null) {
            return new Encoding(config, field, target, config.buckets());
        }
        int size = learned.categories().size();
        Encoding encoding = new Encoding(config, field, target, size);
        encoding.shares = new double[size];
        for (int i = 0; i < size; i++) {
            encoding.index.put(learned.categories().get(i), i);
            encoding.shares[i] = learned.share(i);
        }
        encoding.otherShare = learned.otherShare();
        return encoding;
    }

    /** What comes out, where the field is not null. */
    static Schema type(Encode.Kind kind) {
        return switch (kind) {
            case ONE_HOT, HASHING -> TypeText.parse("array<double>");
            case ORDINAL -> Schema.create(Schema.Type.INT);
            case FREQUENCY -> Schema.create(Schema.Type.DOUBLE);
        };
    }

    void open() {
        results = new Object[places];
        for (int i = 0; i < places; i++) {
            results[i] = result(i);
        }
        boolean other = unknown == Encode.Unknown.OTHER;
        unknownResult = switch (kind) {
            case ONE_HOT, HASHING -> vector(other ? places : -1);
            case ORDINAL -> other ? places : -1;
            case FREQUENCY -> other ? otherShare : 0.0;
        };
    }

    private Object result(int place) {
        return switch (kind) {
            case ONE_HOT, HASHING -> vector(place);
            case ORDINAL -> place;
            case FREQUENCY -> shares[place];
        };
    }

    /** @param one the place that is 1; -1: none */
    private List<Double> vector(int one) {
        boolean roomForOther = kind == Encode.Kind.ONE_HOT && unknown == Encode.Unknown.OTHER;
        Double[] vector = new Double[roomForOther ? places + 1 : places];
        Arrays.fill(vector, 0.0);
        if (one >= 0 && one < vector.length) {
            vector[one] = 1.0;
        }
        return Collections.unmodifiableList(Arrays.asList(vector));
    }

    void encode(Object[] before, Object[] values) throws RejectedEventException {
        Object value = before[position];
        if (value == null) {
            values[target] = null;
            return;
        }
        String text = value.toString();
        if (kind == Encode.Kind.HASHING) {
            values[target] = results[Buckets.of(text, places)];
            return;
        }
        Integer place = index.get(text);
        if (place == null && unknown == Encode.Unknown.REJECT) {
            String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
            throw new RejectedEventException(
                    "UNKNOWN_CATEGORY",
                    "field '" + name + "' is '" + shown + "', expected one of the " + places + " fitted categories");
        }
        values[target] = place == null ? unknownResult : results[place];
    }
}
