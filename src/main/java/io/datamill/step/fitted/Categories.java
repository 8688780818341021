package io.datamill.step.fitted;

import java.util.List;

/**
 * The categories of a field, in their order.
 *
 * @param values of the sample that were not null
 * @param counts how many of them were of each category
 */
record Categories(long values, List<String> categories, List<Long> counts) {
    Categories {
        if (categories.isEmpty() || categories.size() != counts.size()) {
            throw new IllegalArgumentException("categories: expected at least one, and a count for each");
        }
        if (counts.stream().mapToLong(Long::longValue).sum() > values) {
            throw new IllegalArgumentException("values: fewer than the counts together");
        }
    }

    double share(int category) {
        return (double) counts.get(category) / values;
    }

    /** Of the values that are of no category. */
    double otherShare() {
        long known = counts.stream().mapToLong(Long::longValue).sum();
        return (double) (values - known) / values;
    }
}
