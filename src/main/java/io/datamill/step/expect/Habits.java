package io.datamill.step.expect;

import io.datamill.event.Observation;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is remembered of a tenant's windows that have ended. A POJO: a field can be added to it under a savepoint.
 */
public class Habits {
    public static final TypeInformation<Habits> TYPE = TypeInformation.of(Habits.class);

    /** A mean is of about so many windows at most, so that what is usual can change. */
    private static final int MEMORY = 48;

    /** From so many on the mean says what to expect. */
    private static final int ENOUGH = 3;

    /** The name of the model that scored most events of the last window that had any. */
    public String model = "";

    /** The length of the windows, in milliseconds: the pipeline may have got others. */
    public long window;

    /** The end of the last window that has ended, milliseconds since the epoch. */
    public long closed = Long.MIN_VALUE;

    /** How many windows in a row had no event. */
    public int silent;

    /** The mean share of each verdict. */
    public double[] verdicts = new double[Observation.verdictCount()];

    /** Windows that those means are of. */
    public int decided;

    public Volumes volumes = new Volumes();

    /** The share that is expected of a verdict; NaN where too little has been seen. */
    double share(int verdict) {
        return decided < ENOUGH ? Double.NaN : verdicts[verdict];
    }

    /** Learns from a window's shares. */
    void learn(double[] shares) {
        decided = Math.min(decided + 1, MEMORY);
        for (int i = 0; i < shares.length; i++) {
            verdicts[i] += (shares[i] - verdicts[i]) / decided;
        }
    }
}
