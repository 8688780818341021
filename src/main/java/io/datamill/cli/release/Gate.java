package io.datamill.cli.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what stands between a candidate and the job: each limit that its backtest does not hold. */
public final class Gate {
    private static final String LABELLED = "min-labelled";

    private final LimitsFile limits;
    private final List<Breach> breaches = new ArrayList<>();

    private Gate(LimitsFile limits) {
        this.limits = limits;
    }

    /**
     * A limit that is not held.
     *
     * @param tenant empty: of all together
     * @param limit its key
     * @param allowed what it says
     * @param found null where it cannot be said
     * @param before the same of what serves; null where there is none
     */
    public record Breach(String tenant, String limit, double allowed, Double found, Double before) {
        @Override
        public String toString() {
            String whose = tenant.isEmpty() ? "" : "tenant " + tenant + ": ";
            boolean least = limit.startsWith("min");
            String is = found == null ? "cannot be said: there are no such labelled events" : figure(limit, found);
            String was = before == null ? "" : " (" + figure(limit, before) + " as it is)";
            return whose + limit + ": " + is + was + ", expected at " + (least ? "least " : "most ")
                    + figure(limit, allowed);
        }

        private static String figure(String limit, double value) {
            return limit.equals(LABELLED) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.4f", value);
        }
    }

    /** All limits that do not hold; none: the candidate may pass. */
    public static List<Breach> judge(Backtest backtest, LimitsFile limits) {
        Gate gate = new Gate(limits);
        gate.judge("", backtest.overall(), limits.overall());
        for (Map.Entry<String, Comparison> tenant : backtest.tenants().entrySet()) {
            gate.judge(tenant.getKey(), tenant.getValue(), limits.of(tenant.getKey()));
        }
        for (String named : limits.tenants().keySet()) {
            Integer least = limits.of(named).minLabelled();
            if (!backtest.tenants().containsKey(named) && least != null && least > 0) {
                gate.breaches.add(new Breach(named, LABELLED, least, 0.0, null));
            }
        }
        return List.copyOf(gate.breaches);
    }

    private void judge(String tenant, Comparison found, Limits asked) {
        boolean vital = tenant.isEmpty() || limits.tenants().containsKey(tenant);
        if (asked.maxChanged() != null && found.changed() != null && found.changed() > asked.maxChanged()) {
            breaches.add(new Breach(tenant, "max-changed", asked.maxChanged(), found.changed(), null));
        }
        double labelled = found.counts().labelled();
        if (asked.minLabelled() != null && labelled < asked.minLabelled()) {
            if (vital) {
                breaches.add(new Breach(tenant, LABELLED, asked.minLabelled(), labelled, null));
            }
            return;
        }
        least(tenant, vital, asked, found);
        if (found.counts().good() > 0 && found.newlyQuarantined() == null) {
            return; // There are good events and no decision: nothing of this kind can happen to them.
        }
        Double before = found.before().falsePositives();
        Double after = found.after().falsePositives();
        most(vital, asked.maxFalsePositives(), new Breach(tenant, "max-false-positives", 0, after, before));
        most(
                vital,
                asked.maxGoodQuarantined(),
                new Breach(tenant, "max-good-quarantined", 0, found.newlyQuarantined(), null));
    }

    private void least(String tenant, boolean vital, Limits asked, Comparison found) {
        Double after = found.after().auc();
        Double before = found.before().auc();
        if (asked.minAuc() != null && (after == null ? vital : after < asked.minAuc())) {
            breaches.add(new Breach(tenant, "min-auc", asked.minAuc(), after, before));
        }
        if (asked.maxAucDrop() != null && after != null && before != null && before - after > asked.maxAucDrop()) {
            breaches.add(new Breach(tenant, "max-auc-drop", asked.maxAucDrop(), before - after, null));
        }
    }

    private void most(boolean vital, Double allowed, Breach of) {
        if (allowed != null && (of.found == null ? vital : of.found > allowed)) {
            breaches.add(new Breach(of.tenant, of.limit, allowed, of.found, of.before));
        }
    }
}
