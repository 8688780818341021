package io.datamill.alerter.channel;

import io.datamill.config.Durations;
import io.datamill.config.Reference;
import java.time.Clock;
import java.time.Duration;

/**
 * Slack's incoming webhook.
 *
 * @param url who has it may write to the channel: a secret
 * @param timeout of one attempt
 */
public record SlackConfig(Reference url, Duration timeout) {
    public SlackConfig {
        Secrets.referred("url", url);
        timeout = Durations.within(
                "timeout", timeout, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(2));
    }

    /**
     * Resolves the reference; does not connect.
     *
     * @throws IllegalArgumentException without the URL, if it is none
     * @throws Reference.UnresolvedReferenceException if it stands for nothing
     */
    public Channel open(Clock clock) {
        return new Slack(new HttpPost(HttpPost.url(url.resolve()), timeout, clock));
    }
}
