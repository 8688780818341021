package io.datamill.cli.local;

import io.datamill.event.Fate;
import java.util.Map;

/**
 * What came of a local run.
 *
 * @param fates how many events had each; those of none are missing
 * @param seconds with the start of Flink
 */
public record LocalSummary(Map<Fate, Long> fates, double seconds) {
    public LocalSummary {
        fates = Map.copyOf(fates);
    }

    public long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** The sum of what became of the events is what came in. */
    public boolean isBalanced() {
        long out = fates.values().stream().mapToLong(Long::longValue).sum() - count(Fate.IN);
        return out == count(Fate.IN);
    }
}
