package io.datamill.event;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the events of one tenant looked like that one version of a model scored in one window, beside what those looked
 * like that it was trained with. What a step counts in memory travels as this, and the sums of it are kept in state. A
 * POJO: a field can be added to it under a savepoint.
 */
public class Observation {
    public static final TypeInformation<Observation> TYPE = TypeInformation.of(Observation.class);

    /** The verdicts in the order of {@link #verdicts}. */
    private static final String[] VERDICTS = {"pass", "label", "quarantine"};

    public String tenant = "";

    /** {@code name@version}; empty: one whose baseline is not known here. */
    public String model = "";

    /** The window's first millisecond, since the epoch. */
    public long start;

    public long events;

    /** Those among them whose own window had ended. */
    public long late;

    /** How many events had which verdict. */
    public long[] verdicts = new long[VERDICTS.length];

    /** The features' names; none where no baseline is known. */
    public String[] names = {};

    /** In which bin the score was how often, and behind it the same of each feature. */
    public long[][] counts = {};

    /** The same of the events of the training. */
    public long[][] expected = {};

    /** How often a field that the feature looks at was null or empty. */
    public long[] absent = {};

    /** The share of it among the events of the training, 0 to 1. */
    public double[] expectedAbsent = {};

    /** How many verdicts there are. */
    public static int verdictCount() {
        return VERDICTS.length;
    }

    /** The name of a verdict, by its place in {@link #verdicts}. */
    public static String verdict(int place) {
        return VERDICTS[place];
    }

    /** Counts a verdict; what is none is not counted. */
    public void addVerdict(Object verdict) {
        for (int i = 0; i < VERDICTS.length; i++) {
            if (VERDICTS[i].equals(verdict)) {
                verdicts[i]++;
                return;
            }
        }
    }

    /** Adds the events and verdicts of any version. */
    public void addTotals(Observation other) {
        events += other.events;
        late += other.late;
        add(verdicts, other.verdicts);
    }

    /** Adds what another subtask, or the same one later, has counted of the same version. */
    public void add(Observation other) {
        addTotals(other);
        add(absent, other.absent);
        for (int i = 0; i < counts.length; i++) {
            add(counts[i], other.counts[i]);
        }
    }

    private static void add(long[] to, long[] more) {
        for (int i = 0; i < to.length; i++) {
            to[i] += more[i];
        }
    }
}
