package io.datamill.step.fitted;

import io.datamill.step.fitted.ImputeFitted.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The mean, median or mode of each field of a sample. */
final class ImputeFitting implements Fitting {
    private final List<Schema.Field> fields;
    private final List<Learner> learners = new ArrayList<>();
    private long rows;

    ImputeFitting(List<Schema.Field> fields, Map<String, Kind> kinds) {
        this.fields = fields;
        for (Schema.Field field : fields) {
            learners.add(
                    switch (kinds.get(field.name())) {
                        case MEAN -> new Mean();
                        case MEDIAN -> new Median(field.name());
                        case MODE -> new Mode(field);
                    });
        }
    }

    @Override
    public void add(Object[] values) throws UnsuitableSampleException {
        rows++;
        for (int i = 0; i < fields.size(); i++) {
            Object value = values[fields.get(i).pos()];
            if (value != null) {
                learners.get(i).add(value);
            }
        }
    }

    @Override
    public Object parameters() throws UnsuitableSampleException {
        Map<String, Filling> learned = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            Filling filling = learners.get(i).filling();
            if (filling == null) {
                throw UnsuitableSampleException.noValue(name, rows);
            }
            learned.put(name, filling);
        }
        return new ImputeFitted.Learned(learned);
    }

    /** Of one field. */
    private interface Learner {
        void add(Object value) throws UnsuitableSampleException;

        /** Null where no value was added. */
        Filling filling() throws UnsuitableSampleException;
    }

    private static final class Mean implements Learner {
        private final Moments moments = new Moments();

        @Override
        public void add(Object value) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                moments.add(number);
            }
        }

        @Override
        public Filling filling() {
            return moments.count() == 0 ? null : new Filling(Kind.MEAN, moments.mean(), "");
        }
    }

    /** Exact: all values are kept. */
    private static final class Median implements Learner {
        /** 40 MB. */
        private static final int MOST = 5_000_000;

        private final String name;
        private double[] numbers = new double[1_024];
        private int count;

        Median(String name) {
            this.name = name;
        }

        @Override
        public void add(Object value) throws UnsuitableSampleException {
            double number = ((Number) value).doubleValue();
            if (!Double.isFinite(number)) {
                return;
            }
            if (count == MOST) {
                throw new UnsuitableSampleException(
                        "field '" + name + "' has more than " + MOST + " values; give a smaller sample for its median");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.min(MOST, 2 * count));
            }
            numbers[count++] = number;
        }

        @Override
        public Filling filling() {
            if (count == 0) {
                return null;
            }
            Arrays.sort(numbers, 0, count);
            double low = numbers[(count - 1) / 2];
            double high = numbers[count / 2];
            // Halved first: the sum of two large numbers is none.
            return new Filling(Kind.MEDIAN, low == high ? low : low / 2 + high / 2, "");
        }
    }

    private static final class Mode implements Learner {
        private final EncodeFitting counts;
        private final Object[] values = new Object[1];
        private boolean empty = true;

        Mode(Schema.Field field) {
            counts = new EncodeFitting(List.of(alone(field)), 1);
        }

        private static Schema.Field alone(Schema.Field field) {
            Schema.Field copy = new Schema.Field(field, field.schema());
            return Schema.createRecord("Alone", null, null, false, List.of(copy))
                    .getFields()
                    .get(0);
        }

        @Override
        public void add(Object value) throws UnsuitableSampleException {
            values[0] = value;
            empty = false;
            counts.add(values);
        }

        @Override
        public Filling filling() throws UnsuitableSampleException {
            return empty ? null : new Filling(Kind.MODE, 0, counts.mode());
        }
    }
}
