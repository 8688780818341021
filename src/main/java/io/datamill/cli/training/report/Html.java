package io.datamill.cli.training.report;

import java.util.List;
import java.util.Locale;

/** Pieces of HTML. */
final class Html {
    private Html() {}

    /** Text that can stand in an element or a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A share as a percentage; a dash for null. */
    static String percent(Double share) {
        return share == null ? "–" : number(100 * share, 2) + "%";
    }

    /** A row of a table, whose first cell is its head. */
    static String row(List<String> cells) {
        StringBuilder row = new StringBuilder("<tr><th scope=\"row\">")
                .append(escaped(cells.get(0)))
                .append("</th>");
        cells.subList(1, cells.size())
                .forEach(cell -> row.append("<td>").append(escaped(cell)).append("</td>"));
        return row.append("</tr>\n").toString();
    }

    static String head(String... cells) {
        StringBuilder head = new StringBuilder("<tr>");
        for (String cell : cells) {
            head.append("<th scope=\"col\">").append(escaped(cell)).append("</th>");
        }
        return head.append("</tr>\n").toString();
    }

    /** A plot or table with its title and what it says. */
    static String figure(String title, String caption, String content) {
        return "<figure>\n<h2>" + escaped(title) + "</h2>\n" + content + "<figcaption>" + caption
                + "</figcaption>\n</figure>\n";
    }
}
