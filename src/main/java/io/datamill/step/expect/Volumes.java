package io.datamill.step.expect;

/**
 * How many events a tenant sends at which time: the means of the windows at the same time of the week, at the same time
 * of the day, and of the last ones. The first of these that has been seen often enough says what to expect. A POJO.
 */
public class Volumes {
    private static final long DAY = 24 * 3600_000L;
    private static final long WEEK = 7 * DAY;

    /** A mean is of about so many windows at most, so that what is usual can change. */
    private static final int MEMORY = 8;

    private static final int ENOUGH_WEEKS = 2;
    private static final int ENOUGH_DAYS = 2;
    private static final int ENOUGH_WINDOWS = 3;

    /** By the window's place in the week. */
    public double[] ofWeek = {};

    public byte[] weeks = {};

    /** By the window's place in the day. */
    public double[] ofDay = {};

    public byte[] days = {};

    /** Of the last windows. */
    public double[] ofLast = {0};

    public byte[] windows = {0};

    /** Events expected in the window that begins then; NaN where too little has been seen. */
    double expected(long start, long window) {
        int week = place(start, window, WEEK);
        if (week < weeks.length && weeks[week] >= ENOUGH_WEEKS) {
            return ofWeek[week];
        }
        int day = place(start, window, DAY);
        if (day < days.length && days[day] >= ENOUGH_DAYS) {
            return ofDay[day];
        }
        return windows[0] >= ENOUGH_WINDOWS ? ofLast[0] : Double.NaN;
    }

    /** Learns how many events came. */
    void learn(long start, long window, long events) {
        if (weeks.length != WEEK / window) { // At first, and where the pipeline has got other windows.
            ofWeek = new double[(int) (WEEK / window)];
            weeks = new byte[ofWeek.length];
            ofDay = new double[(int) (DAY / window)];
            days = new byte[ofDay.length];
        }
        learn(ofWeek, weeks, place(start, window, WEEK), events);
        learn(ofDay, days, place(start, window, DAY), events);
        learn(ofLast, windows, 0, events);
    }

    private static void learn(double[] means, byte[] seen, int place, long events) {
        seen[place] = (byte) Math.min(seen[place] + 1, MEMORY);
        means[place] += (events - means[place]) / seen[place];
    }

    private static int place(long start, long window, long period) {
        return (int) (Math.floorMod(start, period) / window);
    }
}
