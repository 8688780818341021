package io.datamill.step.expect;

import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.Measure;
import io.datamill.event.DriftFigure.What;
import io.datamill.event.DriftFigure.Window;
import io.datamill.event.Observation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is expected of a window's events.
 *
 * @param step the id of the step
 * @param window its length in milliseconds; windows begin at whole multiples of it since the epoch
 * @param atLeast of fewer events no shares are compared
 */
public record Expectations(String step, long window, int atLeast, Limits limits) implements Serializable {
    /** Of features and nulls, so many of the worst are told beside those that are too far off. */
    private static final int WORST = 10;

    /** The beginning of the window that a time is in, in milliseconds since the epoch. */
    public long windowOf(long time) {
        return time - Math.floorMod(time, window);
    }

    /**
     * Compares the versions' counts of a window with their baselines, and the window with those before, from which it
     * then is one of.
     *
     * @param seen of each version of the model that scored some of its events, each once; none in a silent window
     * @param whole whether the window was seen from its beginning to its end, so that its volume says something
     */
    public List<DriftFigure> compare(String tenant, long start, List<Observation> seen, Habits habits, boolean whole) {
        List<DriftFigure> figures = new ArrayList<>();
        Observation all = new Observation();
        long most = 0;
        for (Observation one : seen) {
            if (one.names.length > 0 && one.events >= atLeast) {
                distributions(new Window(step, tenant, one.model, start, one.events), one, figures);
            }
            if (one.events > most && !one.model.isEmpty()) {
                most = one.events;
                habits.model = one.model.substring(0, one.model.indexOf('@'));
            }
            all.addTotals(one);
        }
        Window of = new Window(step, tenant, habits.model, start, all.events);
        verdicts(of, all.verdicts, habits, figures);
        if (whole) {
            volume(of, habits.volumes, figures);
        }
        return figures;
    }

    private void distributions(Window of, Observation seen, List<DriftFigure> figures) {
        figures.add(psi(of, What.SCORE, "", seen, 0));
        List<DriftFigure> features = new ArrayList<>();
        List<DriftFigure> nulls = new ArrayList<>();
        for (int i = 0; i < seen.names.length; i++) {
            features.add(psi(of, What.FEATURE, seen.names[i], seen, i + 1));
            double share = (double) seen.absent[i] / seen.events;
            nulls.add(share(of, What.NULLS, seen.names[i], share, seen.expectedAbsent[i], limits.nulls()));
        }
        worst(features, figures);
        worst(nulls, figures);
    }

    private DriftFigure psi(Window of, What what, String name, Observation seen, int at) {
        double psi = Psi.of(seen.counts[at], seen.expected[at]);
        return new DriftFigure(of, what, name, new Measure(psi, 0, limits.psi(), psi > limits.psi()));
    }

    private static DriftFigure share(Window of, What what, String name, double share, double expected, double allowed) {
        boolean breached = Math.abs(share - expected) > allowed; // Never of NaN.
        return new DriftFigure(of, what, name, new Measure(share, expected, allowed, breached));
    }

    private static void worst(List<DriftFigure> of, List<DriftFigure> figures) {
        of.sort(Comparator.comparingDouble(Expectations::distance).reversed().thenComparing(DriftFigure::name));
        for (int i = 0; i < of.size(); i++) {
            if (i < WORST || of.get(i).measure().breached()) {
                figures.add(of.get(i));
            }
        }
    }

    /** How far a figure is from what was expected. */
    static double distance(DriftFigure figure) {
        return Math.abs(figure.measure().value() - figure.measure().expected());
    }

    private void verdicts(Window of, long[] counts, Habits habits, List<DriftFigure> figures) {
        long decided = 0;
        for (long count : counts) {
            decided += count;
        }
        if (decided < atLeast) {
            return;
        }
        double[] shares = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = (double) counts[i] / decided;
            figures.add(share(of, What.VERDICT, Observation.verdict(i), shares[i], habits.share(i), limits.verdicts()));
        }
        habits.learn(shares);
    }

    /** One event more on both sides, so that the ratio to none is a number. */
    private void volume(Window of, Volumes volumes, List<DriftFigure> figures) {
        double expected = volumes.expected(of.start(), window);
        double ratio = (of.events() + 1) / (expected + 1);
        boolean enough = of.events() >= atLeast || expected >= atLeast;
        boolean breached = enough && (ratio > limits.volume() || ratio < 1 / limits.volume());
        figures.add(
                new DriftFigure(of, What.VOLUME, "", new Measure(of.events(), expected, limits.volume(), breached)));
        volumes.learn(of.start(), window, of.events());
    }
}
