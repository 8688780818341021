package io.datamill.cli.infer;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been seen at one place of the records. Its memory is bounded by {@link #MOST_FIELDS} at each level. */
final class Observed {
    static final int MOST_FIELDS = 1000;
    private static final int DEEPEST = 16;

    private final int depth;
    private final Texts texts = new Texts();
    private final Map<String, Observed> fields = new LinkedHashMap<>();
    private Observed element;
    private long nulls;
    private long truths;
    private long wholes;
    private long fractions;
    private long lists;
    private long mappings;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
    private boolean beyondLong;
    private boolean cut;

    Observed() {
        this(0);
    }

    private Observed(int depth) {
        this.depth = depth;
    }

    /** @param value null, a Boolean, a Number, a String, a List or a Map */
    void add(Object value) {
        if (value == null) {
            nulls++;
        } else if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof Boolean) {
            truths++;
        } else if (value instanceof Integer || value instanceof Long) {
            whole(((Number) value).longValue());
        } else if (value instanceof BigInteger) {
            wholes++;
            beyondLong = true;
        } else if (value instanceof Number) {
            fractions++;
        } else if (value instanceof List<?> list) {
            lists++;
            list.forEach(one -> element().add(one));
        } else {
            mappings++;
            ((Map<?, ?>) value).forEach((name, of) -> field(String.valueOf(name), of));
        }
    }

    private void whole(long value) {
        wholes++;
        least = Math.min(least, value);
        most = Math.max(most, value);
    }

    private void field(String name, Object value) {
        Observed field = fields.get(name);
        if (field == null && (fields.size() == MOST_FIELDS || depth == DEEPEST)) {
            cut = true;
            return;
        }
        if (field == null) {
            field = new Observed(depth + 1);
            fields.put(name, field);
        }
        field.add(value);
    }

    private Observed element() {
        if (element == null) {
            element = new Observed(depth + 1);
        }
        return element;
    }

    void addAll(Observed other) {
        texts.addAll(other.texts);
        nulls += other.nulls;
        truths += other.truths;
        wholes += other.wholes;
        fractions += other.fractions;
        lists += other.lists;
        mappings += other.mappings;
        least = Math.min(least, other.least);
        most = Math.max(most, other.most);
        beyondLong |= other.beyondLong;
        cut |= other.cut;
        if (other.element != null) {
            element().addAll(other.element);
        }
        other.fields.forEach(
                (name, field) -> fields.computeIfAbsent(name, absent -> new Observed(depth + 1)).addAll(field));
    }

    /** All its fields as one: what a map's values are. */
    Observed merged() {
        Observed all = new Observed(depth + 1);
        fields.values().forEach(all::addAll);
        return all;
    }

    /** Values that are there. */
    long count() {
        return texts.count() + truths + wholes + fractions + lists + mappings;
    }

    long nulls() {
        return nulls;
    }

    long truths() {
        return truths;
    }

    long wholes() {
        return wholes;
    }

    long fractions() {
        return fractions;
    }

    long lists() {
        return lists;
    }

    long mappings() {
        return mappings;
    }

    long least() {
        return least;
    }

    long most() {
        return most;
    }

    boolean isBeyondLong() {
        return beyondLong;
    }

    /** Whether there were more fields, or deeper ones, than are looked at. */
    boolean isCut() {
        return cut;
    }

    Texts texts() {
        return texts;
    }

    Map<String, Observed> fields() {
        return fields;
    }

    /** Null where no list had an element. */
    Observed elements() {
        return element;
    }
}
