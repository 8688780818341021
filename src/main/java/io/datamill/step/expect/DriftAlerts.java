package io.datamill.step.expect;

import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.Measure;
import io.datamill.event.DriftFigure.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells of the figures of a window that are too far off: one alert for all in the same respect. */
public final class DriftAlerts {
    private static final long DAY = 24 * 3600_000L;
    private static final int NAMED = 5;

    private DriftAlerts() {}

    /**
     * The alerts. The id is the same all day where the same is the worst, so that it is not told each hour.
     *
     * @param figures of one window
     * @param end of the window, milliseconds since the epoch
     */
    public static List<Alert> of(List<DriftFigure> figures, long end) {
        Map<String, List<DriftFigure>> breached = figures.stream()
                .filter(figure -> figure.measure().breached())
                .sorted(Comparator.comparingDouble(Expectations::distance).reversed())
                .collect(Collectors.groupingBy(
                        figure -> figure.what() + figure.window().model(), LinkedHashMap::new, Collectors.toList()));
        List<Alert> alerts = new ArrayList<>();
        breached.values().forEach(same -> alerts.add(alert(same, end)));
        return alerts;
    }

    private static Alert alert(List<DriftFigure> same, long end) {
        DriftFigure worst = same.get(0);
        Window of = worst.window();
        String id = String.join(
                "\n",
                of.step(),
                of.tenant(),
                of.model(),
                worst.what().name(),
                worst.name(),
                Long.toString(Math.floorDiv(of.start(), DAY)));
        String more = same.size() > NAMED ? "; and " + (same.size() - NAMED) + " more" : "";
        String text = same.stream().limit(NAMED).map(DriftAlerts::said).collect(Collectors.joining("; ", "", more));
        return new Alert(
                DigestUtils.sha256Hex(id),
                "drift",
                of.tenant(),
                title(worst),
                text + ". Window from " + Instant.ofEpochMilli(of.start()) + ", " + of.events() + " events; step "
                        + of.step() + ", model " + of.model() + ". " + advice(worst),
                end);
    }

    private static String title(DriftFigure worst) {
        String model = worst.window().model();
        return switch (worst.what()) {
            case SCORE -> "Scores of " + model + " are no longer those of its training";
            case FEATURE -> "Features of " + model + " are no longer those of its training";
            case NULLS -> "Fields that " + model + " looks at are missing, or there, more often than in its training";
            case VERDICT -> "Verdicts are no longer shared out as before";
            case VOLUME ->
                worst.measure().value() < worst.measure().expected()
                        ? "Far fewer events than usual"
                        : "Far more events than usual";
        };
    }

    private static String said(DriftFigure figure) {
        Measure measure = figure.measure();
        return switch (figure.what()) {
            case SCORE, FEATURE ->
                format("%s: PSI %.2f, allowed %.2f", named(figure), measure.value(), measure.allowed());
            case NULLS, VERDICT ->
                format(
                        "%s: %.1f%% of events, expected %.1f%%, allowed %.1f more or less",
                        named(figure), 100 * measure.value(), 100 * measure.expected(), 100 * measure.allowed());
            case VOLUME ->
                format(
                        "%.0f events, expected %.0f, allowed %.1f times as many or as few",
                        measure.value(), measure.expected(), measure.allowed());
        };
    }

    private static String named(DriftFigure figure) {
        return figure.name().isEmpty() ? "score" : figure.name();
    }

    private static String advice(DriftFigure worst) {
        return switch (worst.what()) {
            case SCORE, FEATURE, NULLS ->
                "Look whether the sensors or the senders have changed; if it stays, train again.";
            case VERDICT -> "Look whether it is a campaign, another model or another rule.";
            case VOLUME -> "Look whether the tenant's sensors run.";
        };
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
