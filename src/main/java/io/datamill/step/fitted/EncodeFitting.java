package io.datamill.step.fitted;

import io.datamill.step.FieldTypes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** How often each value of some fields is in a sample. */
final class EncodeFitting implements Fitting {
    /** The most different values of a field: about 100 MB. */
    private static final int MAX_DIFFERENT = 1_000_000;

    private static final Set<Schema.Type> WHOLE = Set.of(Schema.Type.INT, Schema.Type.LONG);

    private final List<Schema.Field> fields;
    private final List<Map<String, Long>> counts;
    private final int maxCategories;
    private long rows;

    EncodeFitting(List<Schema.Field> fields, int maxCategories) {
        this.fields = fields;
        this.counts = fields.stream()
                .map(field -> (Map<String, Long>) new HashMap<String, Long>())
                .toList();
        this.maxCategories = maxCategories;
    }

    @Override
    public void add(Object[] values) throws UnsuitableSampleException {
        rows++;
        for (int i = 0; i < fields.size(); i++) {
            Object value = values[fields.get(i).pos()];
            if (value != null) {
                counts.get(i).merge(value.toString(), 1L, Long::sum);
            }
            if (counts.get(i).size() > MAX_DIFFERENT) {
                throw new UnsuitableSampleException("field '" + fields.get(i).name() + "' has more than "
                        + MAX_DIFFERENT + " different values: no categories; encode it by hashing");
            }
        }
    }

    @Override
    public Object parameters() throws UnsuitableSampleException {
        Map<String, Encode.Categories> learned = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            Schema.Field field = fields.get(i);
            if (counts.get(i).isEmpty()) {
                throw UnsuitableSampleException.noValue(field.name(), rows);
            }
            learned.put(field.name(), categories(counts.get(i), order(field)));
        }
        return new Encode.Learned(learned);
    }

    /** The most frequent value of the first field, of equals the first by order. */
    String mode() {
        return categories(counts.get(0), order(fields.get(0))).categories().get(0);
    }

    private Encode.Categories categories(Map<String, Long> found, Comparator<String> order) {
        Comparator<String> byCount = Comparator.comparing(found::get, Comparator.reverseOrder());
        List<String> kept = found.keySet().stream()
                .sorted(byCount.thenComparing(order))
                .limit(maxCategories)
                .sorted(order)
                .toList();
        long values = found.values().stream().mapToLong(Long::longValue).sum();
        return new Encode.Categories(values, kept, kept.stream().map(found::get).toList());
    }

    private static Comparator<String> order(Schema.Field field) {
        return WHOLE.contains(FieldTypes.withoutNull(field.schema()).getType())
                ? Comparator.comparingLong(Long::parseLong)
                : Comparator.naturalOrder();
    }
}
