package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;

/**
 * The most frequent values: a Misra-Gries sketch of up to 768 values. A count is never below the true one, and above it
 * by {@code error} at most, which is at most 0.35 % of the window's values; up to 768 different values it is 0.
 */
record Top(String name, int field, int most) implements Aggregate {
    static final int MAP_SIZE = 1024;
    static final int LONGEST = 256;

    /** One type under one name, however many a pipeline has. */
    private static final Schema ITEM = SchemaBuilder.record("Frequent")
            .namespace("io.datamill.group")
            .fields()
            .name("value")
            .type(TypeText.parse("string"))
            .noDefault()
            .requiredLong("count")
            .requiredLong("error")
            .endRecord();

    @Override
    public Schema schema() {
        return Schema.createArray(ITEM);
    }

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        String text = value.toString();
        ItemsSketch<String> sketch = held == null ? new ItemsSketch<>(MAP_SIZE) : sketch(held);
        sketch.update(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        return sketch;
    }

    @Override
    public Object merged(Object one, Object other) {
        return sketch(one).merge(sketch(other));
    }

    @Override
    public Object value(Object held) {
        if (held == null) {
            return List.of();
        }
        ItemsSketch<String> sketch = sketch(held);
        Comparator<ItemsSketch.Row<String>> frequentFirst =
                Comparator.comparingLong((ItemsSketch.Row<String> row) -> -row.getEstimate());
        return Arrays.stream(sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .sorted(frequentFirst.thenComparing(ItemsSketch.Row::getItem))
                .limit(most)
                .map(Top::item)
                .toList();
    }

    private static Object item(ItemsSketch.Row<String> row) {
        GenericData.Record item = new GenericData.Record(ITEM);
        item.put(0, row.getItem());
        item.put(1, row.getEstimate());
        item.put(2, row.getUpperBound() - row.getLowerBound());
        return item;
    }

    @SuppressWarnings("unchecked") // The serializer makes no other.
    private static ItemsSketch<String> sketch(Object held) {
        return (ItemsSketch<String>) held;
    }
}
