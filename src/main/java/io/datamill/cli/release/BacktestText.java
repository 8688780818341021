package io.datamill.cli.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.step.score.ArtifactJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backtest for people: what serves and the candidate side by side, for all and for each tenant. */
public final class BacktestText {
    private BacktestText() {}

    /** @param given whether somebody gave the limits, so that nobody need be told how to */
    public static String of(Backtest backtest, LimitsFile limits, boolean given) {
        TextTable table = new TextTable(
                "TENANT",
                "EVENTS",
                "GOOD",
                "BAD",
                "AUC",
                "FALSE POSITIVES",
                "GOOD QUARANTINED",
                "BAD CAUGHT",
                "CHANGED");
        row(table, "(all)", backtest.overall());
        backtest.tenants().forEach((tenant, figures) -> row(table, tenant, figures));
        StringBuilder text = new StringBuilder(table.toString());
        for (Map.Entry<String, Long> change : backtest.overall().changes().entrySet()) {
            text.append("  ")
                    .append(change.getKey())
                    .append(": ")
                    .append(change.getValue())
                    .append('\n');
        }
        long misfits = backtest.overall().counts().misfits();
        if (misfits > 0) {
            text.append(misfits + (misfits == 1 ? " event does" : " events do") + " not fit the pipeline and "
                    + (misfits == 1 ? "is" : "are") + " left out: " + backtest.misfit() + '\n');
        }
        text.append("limits" + (given ? "" : " (the standard ones; --limits FILE changes them)") + ":\n");
        text.append(limits(limits));
        return text.toString();
    }

    private static void row(TextTable table, String name, Comparison figures) {
        Comparison.Side before = figures.before();
        Comparison.Side after = figures.after();
        table.row(
                name,
                Long.toString(figures.counts().events()),
                Long.toString(figures.counts().good()),
                Long.toString(figures.counts().bad()),
                both(before.auc(), after.auc()),
                both(before.falsePositives(), after.falsePositives()),
                both(before.quarantined(), after.quarantined()),
                both(before.caught(), after.caught()),
                figure(figures.changed()));
    }

    private static String both(Double before, Double after) {
        return after == null ? "-" : before == null ? figure(after) : figure(before) + " -> " + figure(after);
    }

    private static String figure(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String limits(LimitsFile limits) {
        StringBuilder text = new StringBuilder();
        text.append("  overall: " + limits(limits.overall()) + '\n');
        text.append("  each-tenant: " + limits(limits.eachTenant()) + '\n');
        limits.tenants().forEach((tenant, own) -> text.append("  " + tenant + ": " + limits(own) + '\n'));
        return text.toString();
    }

    private static String limits(Limits limits) {
        List<String> said = new ArrayList<>();
        for (Map.Entry<String, JsonNode> limit : ArtifactJson.tree(limits).properties()) {
            said.add(limit.getKey() + ": " + limit.getValue());
        }
        return "{ " + String.join(", ", said) + " }";
    }
}
