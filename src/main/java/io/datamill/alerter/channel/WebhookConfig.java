package io.datamill.alerter.channel;

import io.datamill.config.Durations;
import io.datamill.config.Reference;
import java.time.Clock;
import java.time.Duration;

/**
 * A webhook.
 *
 * @param url that is posted to
 * @param secret that signs
 * @param timeout of one attempt
 */
public record WebhookConfig(Reference url, Reference secret, Duration timeout) {
    private static final int LEAST_SECRET = 16;

    public WebhookConfig {
        if (url == null) {
            throw new IllegalArgumentException("url is missing; give https://host/path");
        }
        Secrets.referred("secret", secret);
        timeout = Durations.within(
                "timeout", timeout, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(2));
    }

    /**
     * Resolves the references; does not connect.
     *
     * @throws IllegalArgumentException without what they stand for, if that cannot be used
     * @throws Reference.UnresolvedReferenceException if one stands for nothing
     */
    public Channel open(Clock clock) {
        String key = secret.resolve();
        if (key.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("secret: expected at least " + LEAST_SECRET + " characters");
        }
        return new Webhook(new HttpPost(HttpPost.url(url.resolve()), timeout, clock), key, clock);
    }
}
