package io.datamill.step.fitted;

/**
 * Mean and variance of numbers that pass by once (Welford 1962): no large sums whose difference is noise. They are taken
 * of the distances to the first number, so that the mean of large numbers near each other has no error but its rounding.
 */
final class Moments {
    private double first;
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        first = count == 0 ? value : first;
        count++;
        double distance = value - first;
        double off = distance - mean;
        mean += off / count;
        squares += off * (distance - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return first + mean;
    }

    /** Of the population: divided by the count. */
    double deviation() {
        return Math.sqrt(squares / count);
    }
}
