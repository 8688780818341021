package io.datamill.cli.training.report;

import io.datamill.step.score.training.Curves;
import io.datamill.step.score.training.Figures;
import io.datamill.step.score.training.Lineage;
import io.datamill.step.score.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a training was worth, for people: figures, plots and lineage, all of scores of held-out events. */
public final class Report {
    private static final String STYLE = "report.css";

    private final String model;
    private final Training.Result result;
    private final Curves curves;

    /** @param model its name and version */
    public Report(String model, Training.Result result) {
        this.model = model;
        this.result = result;
        this.curves = Curves.of(result.heldOut(), result.bad());
    }

    /** The file: the same bytes for the same result. */
    public String html() {
        Lineage lineage = result.lineage();
        String title = Html.escaped("Trust model " + model);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title
                + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n<header>\n<h1>" + title
                + "</h1>\n<p>" + Html.escaped(summary(lineage)) + "</p>\n</header>\n" + tiles(lineage.heldOut())
                + "<main>\n" + new Plots(curves, lineage.heldOut()).all() + importance() + thresholds(lineage)
                + "</main>\n" + lineage(lineage) + "</body>\n</html>\n";
    }

    private static String summary(Lineage lineage) {
        return lineage.algorithm() + " on " + lineage.data().good() + " good and "
                + lineage.data().bad() + " bad events; score 1 is good, and an event is called bad where its score is"
                + " below the threshold. All figures are of events that the model of their fold had not seen, held out"
                + (lineage.origin().split() == Lineage.Split.TIME
                        ? " by time."
                        : " by "
                                + (lineage.origin().group().isEmpty()
                                        ? "row"
                                        : lineage.origin().group()) + ".");
    }

    private static String tiles(Lineage.HeldOut heldOut) {
        Figures figures = heldOut.figures();
        StringBuilder tiles = new StringBuilder("<dl class=\"tiles\">\n");
        tile(tiles, "AUC", figures.auc() == null ? "–" : Html.number(figures.auc(), 4));
        tile(tiles, "error", Html.percent(figures.error()));
        tile(tiles, "false positives", Html.percent(figures.fpr()));
        tile(tiles, "false negatives", Html.percent(figures.fnr()));
        tile(tiles, "F1", figures.f1() == null ? "–" : Html.number(figures.f1(), 4));
        tile(tiles, "log loss", figures.logloss() == null ? "–" : Html.number(figures.logloss(), 4));
        tile(tiles, "recall at 1% false positives", Html.percent(heldOut.recallAt1PercentFalsePositives()));
        tile(tiles, "threshold of these", Html.number(figures.threshold(), 3));
        return tiles.append("</dl>\n").toString();
    }

    private static void tile(StringBuilder tiles, String name, String value) {
        tiles.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd></div>\n");
    }

    private String importance() {
        return Html.figure(
                "What moves the score",
                "The mean absolute contribution of a feature to the log-odds, over all training events; the first 20.",
                new Bars(result.importance().stream().limit(20).toList()).svg());
    }

    private static String thresholds(Lineage lineage) {
        StringBuilder rows = new StringBuilder();
        lineage.heldOut()
                .thresholds()
                .forEach(one -> rows.append(Html.row(List.of(
                        one.name(),
                        Html.number(one.below(), 3),
                        Html.percent(one.fpr()),
                        Html.percent(one.recall())))));
        return Html.figure(
                "Suggested thresholds",
                "For the decide step: what share of good and of bad events has a score below.",
                "<table>\n<thead>\n" + Html.head("action", "score below", "of good", "of bad") + "</thead>\n<tbody>\n"
                        + rows + "</tbody>\n</table>\n");
    }

    private static String lineage(Lineage lineage) {
        StringBuilder rows = new StringBuilder();
        Lineage.Origin origin = lineage.origin();
        files(rows, "input", origin.inputs());
        files(rows, "labels", origin.labels());
        rows.append(Html.row(
                List.of("label", origin.label().field() + " = " + origin.label().bad())));
        rows.append(
                Html.row(List.of("never split", origin.group().isEmpty() ? "rows that are alike" : origin.group())));
        rows.append(Html.row(List.of("groups", String.valueOf(lineage.data().groups()))));
        rows.append(Html.row(List.of("left out", told(lineage.leftOut()))));
        rows.append(Html.row(List.of(
                "features that never vary",
                lineage.constant().isEmpty() ? "none" : String.join(", ", lineage.constant()))));
        rows.append(Html.row(List.of("seed", String.valueOf(lineage.seed()))));
        rows.append(Html.row(List.of("settings", told(lineage.settings()))));
        rows.append(Html.row(List.of("datamill", lineage.code().datamill())));
        rows.append(Html.row(List.of("libraries", told(lineage.code().libraries()))));
        rows.append(Html.row(List.of("values", lineage.data().values())));
        return "<section>\n<h2>Lineage</h2>\n<table class=\"lineage\">\n<tbody>\n" + rows
                + "</tbody>\n</table>\n</section>\n";
    }

    private static void files(StringBuilder rows, String use, List<Lineage.Input> files) {
        files.forEach(file -> rows.append(
                Html.row(List.of(use, file.name() + ", " + file.rows() + " rows, SHA-256 " + file.sha256()))));
    }

    private static String told(Map<String, ?> values) {
        StringBuilder told = new StringBuilder();
        new TreeMap<>(values)
                .forEach((name, value) -> told.append(told.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(value));
        return told.isEmpty() ? "none" : told.toString();
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
