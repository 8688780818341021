package io.datamill.alerter.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An alert in words, for people: plain text, each line free of control characters. */
final class AlertText {
    private static final int MOST_TITLE = 140;
    private static final int MOST_LINE = 300;

    private AlertText() {}

    static String title(Alert alert) {
        String who = alert.tenant().isEmpty() ? "" : alert.tenant() + ": ";
        return OneLine.of(who + what(alert), MOST_TITLE);
    }

    private static String what(Alert alert) {
        JsonNode content = alert.content();
        return switch (alert.kind()) {
            case GROUP -> events(alert.count()) + of(content.path("group")) + verdicts(content);
            case SUMMARY ->
                (alert.count() - alert.before()) + " more" + of(content.path("group")) + ", " + events(alert.count())
                        + " in all" + verdicts(content);
            case OVERFLOW ->
                events(alert.count()) + " in " + content.path("alerts").asLong() + " further alerts";
            case NOTICE ->
                severity(content.path("notice"))
                        + content.path("notice").path("title").asText();
        };
    }

    static List<String> lines(Alert alert) {
        List<String> lines = new ArrayList<>();
        JsonNode content = alert.content();
        JsonNode notice = content.path("notice");
        add(lines, notice.path("text").asText(), 2_000);
        add(
                lines,
                notice.path("source").asText().isEmpty()
                        ? ""
                        : "From " + notice.path("source").asText(),
                MOST_LINE);
        if (alert.kind() == Alert.Kind.OVERFLOW) {
            lines.add("The tenant has reached its limit of alerts. Among the groups of these:");
            content.path("groups").forEach(group -> add(lines, "- " + pairs(group), MOST_LINE));
        }
        content.path("events").forEach(event -> add(lines, "- " + event(event), MOST_LINE));
        lines.add(
                alert.first().equals(alert.last())
                        ? "At " + alert.first()
                        : "From " + alert.first() + " to " + alert.last());
        lines.add("Alert " + alert.id());
        return lines;
    }

    private static void add(List<String> lines, String text, int most) {
        if (!text.isBlank()) {
            lines.add(OneLine.of(text, most));
        }
    }

    private static String event(JsonNode event) {
        String label = event.path("label").asText();
        String fields = pairs(event.path("fields"));
        return event.path("verdict").asText() + (label.isEmpty() ? "" : " (" + label + ")") + ' '
                + event.path("event_id").asText() + " at "
                + event.path("event_time").asText()
                + (fields.isEmpty() ? "" : ": " + fields);
    }

    private static String severity(JsonNode notice) {
        String severity = notice.path("severity").asText();
        return severity.isEmpty() ? "" : severity + ": ";
    }

    private static String events(long count) {
        return count + (count == 1 ? " event" : " events");
    }

    private static String of(JsonNode group) {
        String pairs = pairs(group);
        return pairs.isEmpty() ? "" : " of " + pairs;
    }

    private static String pairs(JsonNode values) {
        return values.properties().stream()
                .map(entry -> entry.getKey()
                        + ' '
                        + (entry.getValue().asText().isEmpty()
                                ? "(none)"
                                : entry.getValue().asText()))
                .collect(Collectors.joining(", "));
    }

    private static String verdicts(JsonNode content) {
        return content.path("verdicts").properties().stream()
                .map(entry -> entry.getValue().asLong() + " " + entry.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
