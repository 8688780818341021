package io.datamill.alerter.channel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Posts an alert as JSON, signed, with its id as the idempotency key. */
final class Webhook implements Channel {
    private final HttpPost post;
    private final String secret;
    private final Clock clock;

    Webhook(HttpPost post, String secret, Clock clock) {
        this.post = post;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public byte[] render(Alert alert) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", alert.id().toString());
        body.put("kind", alert.kind().name().toLowerCase(Locale.ROOT));
        body.put("title", AlertText.title(alert));
        if (!alert.tenant().isEmpty()) {
            body.put("tenant", alert.tenant());
        }
        body.put("first_at", alert.first().toString());
        body.put("last_at", alert.last().toString());
        body.put("count", alert.count());
        body.put("told_before", alert.before());
        alert.content().properties().forEach(entry -> body.set(entry.getKey(), entry.getValue()));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Delivery send(UUID id, byte[] body) {
        return post.send(
                body,
                Map.of(
                        "Idempotency-Key",
                        id.toString(),
                        Signature.HEADER,
                        Signature.of(body, secret, clock.instant())));
    }
}
