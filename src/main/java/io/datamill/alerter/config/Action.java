package io.datamill.alerter.config;

import io.datamill.alerter.channel.Channel;
import io.datamill.alerter.channel.EmailConfig;
import io.datamill.alerter.channel.SlackConfig;
import io.datamill.alerter.channel.WebhookConfig;
import io.datamill.alerter.message.Notice;
import io.datamill.alerter.message.Verdict;
import io.datamill.alerter.message.VerdictEvent;
import io.datamill.config.Durations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One that is told; exactly one of the channels.
 *
 * @param name what is to be sent is kept under it
 * @param when of what it is told
 * @param retry how it is tried again
 */
public record Action(String name, When when, WebhookConfig webhook, SlackConfig slack, EmailConfig email, Retry retry) {
    public Action {
        AlerterConfig.name("name", name);
        if (Stream.of(webhook, slack, email).filter(channel -> channel != null).count() != 1) {
            throw new IllegalArgumentException("expected one of webhook, slack and email");
        }
        when = when == null ? new When(null, null, null) : when;
        retry = retry == null ? new Retry(null, null, null) : retry;
    }

    /** That one attempt may take at most. */
    public Duration longest() {
        return webhook != null ? webhook.timeout() : slack != null ? slack.timeout() : email.longest();
    }

    /**
     * Its channel, with its references resolved; does not connect.
     *
     * @throws IllegalArgumentException without what they stand for, if that cannot be used
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if one stands for nothing
     */
    public Channel open(Clock clock) {
        return webhook != null ? webhook.open(clock) : slack != null ? slack.open(clock) : email.open(clock);
    }

    /**
     * Of what an action is told.
     *
     * @param verdict quarantine and label if absent
     * @param tenant all if absent
     * @param notices whether it is told of the alerts that jobs themselves put on the stream
     */
    public record When(List<Verdict> verdict, List<String> tenant, Boolean notices) {
        public When {
            verdict = verdict == null ? List.of(Verdict.QUARANTINE, Verdict.LABEL) : List.copyOf(verdict);
            tenant = tenant == null ? List.of() : List.copyOf(tenant);
            notices = notices == null || notices;
        }

        public boolean wants(VerdictEvent event) {
            return verdict.contains(event.verdict()) && (tenant.isEmpty() || tenant.contains(event.tenant()));
        }

        /** One of no tenant concerns those only who are told of all of them. */
        public boolean wants(Notice notice) {
            return notices && (tenant.isEmpty() || tenant.contains(notice.tenant()));
        }
    }

    /**
     * How an action is tried again.
     *
     * @param first after the first failure; twice that after the second, and so on, each less up to a half at random
     * @param most between two attempts, unless the receiver asks for more
     * @param giveUp since the first attempt; what is not sent by then has failed
     */
    public record Retry(Duration first, Duration most, Duration giveUp) {
        public Retry {
            Duration day = Duration.ofDays(1);
            first = Durations.within("first", first, Duration.ofSeconds(1), Duration.ofMillis(10), day);
            most = Durations.within("most", most, Duration.ofMinutes(5), Duration.ofMillis(10), day);
            giveUp = Durations.within("give-up", giveUp, day, Duration.ofSeconds(1), Duration.ofDays(30));
        }
    }
}
