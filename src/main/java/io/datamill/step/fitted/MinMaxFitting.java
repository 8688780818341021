package io.datamill.step.fitted;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The least and the greatest number of each field of a sample. */
final class MinMaxFitting implements Fitting {
    private final Columns columns;
    private final List<String> fields;
    private final double[] mins;
    private final double[] maxs;
    private long rows;

    MinMaxFitting(Columns columns, List<String> fields) {
        this.columns = columns;
        this.fields = fields;
        this.mins = new double[fields.size()];
        this.maxs = new double[fields.size()];
        Arrays.fill(mins, Double.POSITIVE_INFINITY);
        Arrays.fill(maxs, Double.NEGATIVE_INFINITY);
    }

    @Override
    public void add(Object[] values) {
        rows++;
        for (int i = 0; i < mins.length; i++) {
            double value = columns.read(i, values);
            if (Double.isFinite(value)) {
                mins[i] = Math.min(mins[i], value);
                maxs[i] = Math.max(maxs[i], value);
            }
        }
    }

    @Override
    public Object parameters() throws UnsuitableSampleException {
        Map<String, MinMax.Extent> learned = new LinkedHashMap<>();
        for (int i = 0; i < mins.length; i++) {
            if (mins[i] > maxs[i]) {
                throw UnsuitableSampleException.noValue(fields.get(i), rows);
            }
            if (!Double.isFinite(maxs[i] - mins[i])) {
                throw new UnsuitableSampleException("field '" + fields.get(i) + "' has numbers too large to scale");
            }
            learned.put(fields.get(i), new MinMax.Extent(mins[i], maxs[i]));
        }
        return new MinMax.Learned(learned);
    }
}
