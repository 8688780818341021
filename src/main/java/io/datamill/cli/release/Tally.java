package io.datamill.cli.release;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What became of the events of one tenant, by what serves and by the candidate. For each labelled event it holds two
 * scores, 16 bytes.
 */
final class Tally {
    private static final String PASS = "pass";
    private static final String QUARANTINE = "quarantine";

    private long events;
    private long misfits;
    private long newlyHeld;
    private final Side before = new Side();
    private final Side after = new Side();
    private final Map<String, Long> changes = new TreeMap<>();
    private long changed;
    private long good;
    private long bad;

    /** One of the two. */
    private static final class Side {
        private final Scores good = new Scores();
        private final Scores bad = new Scores();
        private long goodStopped;
        private long goodHeld;
        private long badStopped;

        void add(boolean isBad, String verdict, double score) {
            if (!Double.isNaN(score)) {
                (isBad ? bad : good).add(score);
            }
            boolean stopped = !verdict.equals(PASS);
            badStopped += isBad && stopped ? 1 : 0;
            goodStopped += !isBad && stopped ? 1 : 0;
            goodHeld += !isBad && isHeld(verdict) ? 1 : 0;
        }
    }

    /** A rejected event does not arrive either. */
    private static boolean isHeld(String verdict) {
        return verdict.equals(QUARANTINE) || verdict.equals(Replay.REJECT);
    }

    /**
     * Counts an event.
     *
     * @param isBad its label; null where it has none
     * @param old what serves; null: nothing does
     */
    void add(Boolean isBad, Verdict old, Verdict candidate) {
        events++;
        if (old != null && !old.word.equals(candidate.word)) {
            changed++;
            changes.merge(old.word + " -> " + candidate.word, 1L, Long::sum);
        }
        if (isBad == null) {
            return;
        }
        good += isBad ? 0 : 1;
        bad += isBad ? 1 : 0;
        after.add(isBad, candidate.word, candidate.score);
        if (old != null) {
            before.add(isBad, old.word, old.score);
        }
        boolean wasHeld = old != null && isHeld(old.word);
        newlyHeld += !isBad && isHeld(candidate.word) && !wasHeld ? 1 : 0;
    }

    /** Counts an event that does not fit the pipeline any more. */
    void misfit() {
        misfits++;
    }

    /**
     * What is said of an event.
     *
     * @param score NaN where there is none
     */
    record Verdict(String word, double score) {}

    /** The figures of one tenant, or of several together. */
    static Comparison compare(List<Tally> tallies, boolean served, boolean decided) {
        Map<String, Long> changes = new TreeMap<>();
        tallies.forEach(one -> one.changes.forEach((change, count) -> changes.merge(change, count, Long::sum)));
        long events = sum(tallies, one -> one.events);
        long good = sum(tallies, one -> one.good);
        long bad = sum(tallies, one -> one.bad);
        Comparison.Side before = served ? side(tallies, true, good, bad, decided) : Comparison.Side.NONE;
        return new Comparison(
                new Comparison.Counts(events, good, bad, sum(tallies, one -> one.misfits)),
                before,
                side(tallies, false, good, bad, decided),
                decided ? share(sum(tallies, one -> one.newlyHeld), good) : null,
                served && decided ? share(sum(tallies, one -> one.changed), events) : null,
                changes);
    }

    private static Comparison.Side side(List<Tally> tallies, boolean old, long good, long bad, boolean decided) {
        List<Side> sides =
                tallies.stream().map(one -> old ? one.before : one.after).toList();
        double[] goods = Scores.all(sides.stream().map(one -> one.good).toList());
        double[] bads = Scores.all(sides.stream().map(one -> one.bad).toList());
        return new Comparison.Side(
                Comparison.auc(goods, bads),
                decided ? share(sides.stream().mapToLong(one -> one.goodStopped).sum(), good) : null,
                decided ? share(sides.stream().mapToLong(one -> one.goodHeld).sum(), good) : null,
                decided ? share(sides.stream().mapToLong(one -> one.badStopped).sum(), bad) : null);
    }

    private static long sum(List<Tally> tallies, ToLongFunction<Tally> count) {
        return tallies.stream().mapToLong(count).sum();
    }

    private static Double share(long part, long of) {
        return of == 0 ? null : (Double) ((double) part / of);
    }
}
