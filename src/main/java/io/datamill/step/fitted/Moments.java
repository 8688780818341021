package io.datamill.step.fitted;

/** Mean and variance of numbers that pass by once (Welford 1962): no large sums whose difference is noise. */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double off = value - mean;
        mean += off / count;
        squares += off * (value - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the population: divided by the count. */
    double deviation() {
        return Math.sqrt(squares / count);
    }
}
