package io.datamill.alerter.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * Posts an alert in the form of <a href="https://api.slack.com/messaging/webhooks">Slack's incoming webhooks</a>. All text
 * is plain: nothing in it is a link, a mention or a format.
 */
final class Slack implements Channel {
    /** Slack's own limit is 3,000 for a text and 150 for a header. */
    private static final int MOST_TEXT = 2_900;

    private final HttpPost post;

    Slack(HttpPost post) {
        this.post = post;
    }

    @Override
    public byte[] render(Alert alert) {
        String title = AlertText.title(alert);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("text", escaped(title));
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        ArrayNode blocks = body.putArray("blocks");
        plain(blocks.addObject().put("type", "header").putObject("text"), title);
        String lines = String.join("\n", AlertText.lines(alert));
        plain(
                blocks.addObject().put("type", "section").putObject("text"),
                lines.length() > MOST_TEXT
                        ? lines.substring(0, lines.offsetByCodePoints(0, MOST_TEXT / 2)) + "…"
                        : lines);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void plain(ObjectNode text, String value) {
        text.put("type", "plain_text").put("text", value).put("emoji", false);
    }

    /** The text of the notification, in which {@code <!channel>} would call everybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public Delivery send(UUID id, byte[] body) {
        return post.send(body, Map.of("Idempotency-Key", id.toString()));
    }
}
