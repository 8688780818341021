package io.datamill.cli.training.report;

import io.datamill.step.score.training.Curves.Point;
import java.util.List;
import java.util.Locale;

/** A plot over two axes, as SVG; colours are the page's classes. */
final class Plot {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;
    private static final int LEFT = 52;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;

    private final StringBuilder svg = new StringBuilder();
    private final double highest;

    /**
     * @param title what a reader who cannot see it is told
     * @param highest where the vertical axis ends; the horizontal one is from 0 to 1
     */
    Plot(String title, String x, String y, double highest) {
        this.highest = highest;
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escaped(title)));
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            line("grid", share, 0, share, highest);
            line("grid", 0, share * highest, 1, share * highest);
            text("tick", "middle", x(share), HEIGHT - BOTTOM + 16, Html.number(share, 1));
            text("tick", "end", LEFT - 6, y(share * highest) + 4, tick(share * highest));
        }
        text("axis", "middle", x(0.5), HEIGHT - 8, x);
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(13 %.1f) rotate(-90)\">%s</text>%n",
                y(highest / 2),
                Html.escaped(y)));
    }

    private String tick(double value) {
        return Html.number(value, highest == 1 ? 1 : 2);
    }

    /** @param series its class: {@code a}, {@code b} or {@code c} */
    Plot curve(String series, List<Point> points) {
        svg.append("<polyline class=\"curve ").append(series).append("\" points=\"");
        for (Point point : points) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y())));
        }
        svg.append("\"/>\n");
        return this;
    }

    /** A dot whose tooltip is {@code told}. */
    Plot dot(String series, Point at, String told) {
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>%n",
                series,
                x(at.x()),
                y(at.y()),
                Html.escaped(told)));
        return this;
    }

    /** A bar from the axis up; bars of one series may stand behind those of another. */
    Plot bar(String series, double from, double to, double height) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
                series,
                x(from),
                y(height),
                x(to) - x(from),
                y(0) - y(height)));
        return this;
    }

    /** A dashed line that other things are compared with. */
    Plot diagonal() {
        line("guide", 0, 0, 1, highest);
        return this;
    }

    /** A dashed line at a threshold. */
    Plot mark(double at, String told) {
        line("guide", at, 0, at, highest);
        text("tick", at > 0.5 ? "end" : "start", x(at) + (at > 0.5 ? -4 : 4), TOP + 10, told);
        return this;
    }

    String svg() {
        return svg + "</svg>\n";
    }

    private void line(String type, double fromX, double fromY, double toX, double toY) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                type,
                x(fromX),
                y(fromY),
                x(toX),
                y(toY)));
    }

    private void text(String type, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                type,
                anchor,
                x,
                y,
                Html.escaped(text)));
    }

    private static double x(double value) {
        return LEFT + value * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
    }
}
