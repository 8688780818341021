package io.datamill.alerter.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.message.Notice;
import io.datamill.alerter.message.VerdictEvent;
import java.util.Locale;
import java.util.Map;

/**
 * What an alert holds beside its times and numbers, as it is kept in the database: {@code group}, {@code verdicts} with
 * their counts and {@code events}, the first few; or {@code notice}; or {@code alerts} and {@code groups}, of an overflow.
 */
public final class AlertContent {
    /** Events, or groups of an overflow, that an alert names. */
    public static final int MOST_NAMED = 5;

    private static final int MOST_TEXT = 256;
    private static final int MOST_NOTICE_TEXT = 2_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AlertContent() {}

    /** Of a group without events. */
    public static ObjectNode group(Map<String, String> values) {
        ObjectNode content = JSON.objectNode();
        ObjectNode group = content.putObject("group");
        values.forEach((name, value) -> group.put(name, OneLine.of(value, MOST_TEXT)));
        content.putObject("verdicts");
        content.putArray("events");
        return content;
    }

    /** Counts an event, and names it if there is room. */
    public static void add(ObjectNode content, VerdictEvent event) {
        String verdict = event.verdict().name().toLowerCase(Locale.ROOT);
        count((ObjectNode) content.path("verdicts"), verdict, 1);
        ArrayNode events = (ArrayNode) content.path("events");
        if (events.size() < MOST_NAMED) {
            ObjectNode named = events.addObject();
            named.put("event_id", event.id());
            named.put("event_time", event.time().toString());
            named.put("verdict", verdict);
            for (String field : new String[] {"label", "rule", "pipeline"}) {
                if (!event.text(field).isEmpty()) {
                    named.put(field, OneLine.of(event.text(field), MOST_TEXT));
                }
            }
            named.set("fields", cut(event.json().path("fields")));
        }
    }

    /** Adds what another content of the same group has. */
    public static void merge(ObjectNode content, JsonNode more) {
        ObjectNode verdicts = (ObjectNode) content.path("verdicts");
        more.path("verdicts")
                .properties()
                .forEach(entry ->
                        count(verdicts, entry.getKey(), entry.getValue().asLong()));
        ArrayNode events = (ArrayNode) content.path("events");
        for (JsonNode event : more.path("events")) {
            if (events.size() < MOST_NAMED) {
                events.add(event);
            }
        }
    }

    public static ObjectNode notice(Notice notice) {
        ObjectNode content = JSON.objectNode();
        content.putObject("notice")
                .put("id", notice.id())
                .put("severity", OneLine.of(notice.severity(), MOST_TEXT))
                .put("source", OneLine.of(notice.source(), MOST_TEXT))
                .put("title", OneLine.of(notice.title(), MOST_TEXT))
                .put("text", OneLine.of(notice.text(), MOST_NOTICE_TEXT));
        return content;
    }

    /** Of an overflow without groups. */
    public static ObjectNode overflow() {
        ObjectNode content = JSON.objectNode();
        content.put("alerts", 0);
        content.putArray("groups");
        return content;
    }

    /** Names the group of an alert that has no room of its own. */
    public static void addGroup(ObjectNode content, JsonNode group) {
        content.put("alerts", content.path("alerts").asLong() + 1);
        ArrayNode groups = (ArrayNode) content.path("groups");
        if (groups.size() < MOST_NAMED) {
            groups.add(group);
        }
    }

    private static void count(ObjectNode counts, String name, long more) {
        counts.put(name, counts.path(name).asLong() + more);
    }

    private static ObjectNode cut(JsonNode fields) {
        ObjectNode shorter = JSON.objectNode();
        fields.properties().stream().limit(32).forEach(entry -> {
            JsonNode value = entry.getValue();
            String name = OneLine.of(entry.getKey(), MOST_TEXT);
            boolean plain = value.isNumber() || value.isBoolean() || value.isNull();
            shorter.set(
                    name,
                    plain
                            ? value
                            : JSON.textNode(
                                    OneLine.of(value.isTextual() ? value.asText() : value.toString(), MOST_TEXT)));
        });
        return shorter;
    }
}
