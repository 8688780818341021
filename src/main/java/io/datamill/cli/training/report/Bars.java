package io.datamill.cli.training.report;

import io.datamill.step.score.training.Importance;
import java.util.List;
import java.util.Locale;

/** Horizontal bars with names, as SVG. */
record Bars(List<Importance> features) {
    private static final int WIDTH = 420;
    private static final int ROW = 18;
    private static final int NAMES = 190;
    private static final int VALUES = 46;
    private static final int LONGEST = 28;

    String svg() {
        int height = features.size() * ROW + 8;
        double most =
                features.stream().mapToDouble(Importance::contribution).max().orElse(0);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"What moves the score\">%n",
                WIDTH,
                height));
        for (int i = 0; i < features.size(); i++) {
            Importance feature = features.get(i);
            double length = most == 0 ? 0 : feature.contribution() / most * (WIDTH - NAMES - VALUES);
            double y = 4 + i * ROW;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%s<title>%s</title></text>%n"
                            + "<rect class=\"bar a\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>%n"
                            + "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                    NAMES - 6,
                    y + 12,
                    Html.escaped(cut(feature.name())),
                    Html.escaped(feature.name()),
                    NAMES,
                    y + 2,
                    length,
                    ROW - 5,
                    NAMES + length + 5,
                    y + 12,
                    Html.number(feature.contribution(), 3)));
        }
        return svg + "</svg>\n";
    }

    private static String cut(String name) {
        return name.length() > LONGEST ? name.substring(0, LONGEST - 1) + "…" : name;
    }
}
