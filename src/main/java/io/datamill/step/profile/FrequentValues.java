package io.datamill.step.profile;

import io.datamill.event.TextSerializer;
import io.datamill.schema.TypeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The most frequent values, by the algorithm of Misra and Gries (Science of Computer Programming 2, 1982), merged as by
 * Agarwal et al. (Mergeable Summaries, PODS 2012): of n values a count misses n / (places + 1) at most, and it is exact
 * as long as there are no more different values than places.
 */
final class FrequentValues implements Sketch {
    static final int KIND = 2;

    /** How many places there are for each value that is asked for. */
    static final int PLACES = 8;

    /** Characters; of a longer value only these count. */
    static final int LONGEST = 64;

    private static final Schema ITEM = SchemaBuilder.record("Frequent")
            .namespace("io.datamill.profile")
            .fields()
            .name("value")
            .type(TypeText.parse("string"))
            .noDefault()
            .requiredLong("count")
            .requiredLong("error")
            .endRecord();

    static final Schema SCHEMA = Schema.createArray(ITEM);

    private final int most;
    private String[] values;
    private long[] counts;
    private int size;

    /** What has been taken from each count, at most. */
    private long missed;

    /** @param most how many are asked for */
    FrequentValues(int most) {
        this(most, new String[2], new long[2]);
    }

    private FrequentValues(int most, String[] values, long[] counts) {
        this.most = most;
        this.values = values;
        this.counts = counts;
    }

    @Override
    public void add(String value) {
        add(value.length() > LONGEST ? value.substring(0, LONGEST) : value, 1);
        if (size > most * PLACES) {
            shrink();
        }
    }

    @Override
    public void add(Sketch other) {
        FrequentValues more = (FrequentValues) other;
        for (int i = 0; i < more.size; i++) {
            add(more.values[i], more.counts[i]);
        }
        missed += more.missed;
        if (size > most * PLACES) {
            shrink();
        }
    }

    private void add(String value, long count) {
        for (int i = 0; i < size; i++) {
            if (values[i].equals(value)) {
                counts[i] += count;
                return;
            }
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size + size / 2 + 1);
            counts = Arrays.copyOf(counts, values.length);
        }
        values[size] = value;
        counts[size++] = count;
    }

    /** Takes from each count what the greatest that has no place has. */
    private void shrink() {
        long[] sorted = Arrays.copyOf(counts, size);
        Arrays.sort(sorted);
        long less = sorted[size - 1 - most * PLACES];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > less) {
                values[kept] = values[i];
                counts[kept++] = counts[i] - less;
            }
        }
        Arrays.fill(values, kept, size, null);
        size = kept;
        missed += less;
    }

    @Override
    public boolean isEmpty() {
        return size == 0 && missed == 0;
    }

    /** A count is never below the true one, and above it by the error at most. */
    @Override
    public List<GenericData.Record> value() {
        List<GenericData.Record> frequent = new ArrayList<>(Math.min(most, size));
        int before = -1;
        for (int n = 0; n < most && n < size; n++) {
            int next = -1;
            for (int i = 0; i < size; i++) {
                if ((before < 0 || isAhead(before, i)) && (next < 0 || isAhead(i, next))) {
                    next = i;
                }
            }
            frequent.add(item(next));
            before = next;
        }
        return frequent;
    }

    /** By count, then by value. */
    private boolean isAhead(int one, int other) {
        return counts[one] != counts[other] ? counts[one] > counts[other] : values[one].compareTo(values[other]) < 0;
    }

    private GenericData.Record item(int at) {
        GenericData.Record item = new GenericData.Record(ITEM);
        item.put(0, values[at]);
        item.put(1, counts[at] + missed);
        item.put(2, missed);
        return item;
    }

    @Override
    public FrequentValues copy() {
        FrequentValues copy = new FrequentValues(most, values.clone(), counts.clone());
        copy.size = size;
        copy.missed = missed;
        return copy;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeByte(KIND);
        out.writeByte(most);
        out.writeByte(size);
        out.writeLong(missed);
        for (int i = 0; i < size; i++) {
            TextSerializer.INSTANCE.serialize(values[i], out);
            out.writeLong(counts[i]);
        }
    }

    static FrequentValues read(DataInputView in) throws IOException {
        int most = in.readByte();
        int size = in.readByte();
        FrequentValues read = new FrequentValues(most, new String[size], new long[size]);
        read.size = size;
        read.missed = in.readLong();
        for (int i = 0; i < size; i++) {
            read.values[i] = TextSerializer.INSTANCE.deserialize(in);
            read.counts[i] = in.readLong();
        }
        return read;
    }
}
