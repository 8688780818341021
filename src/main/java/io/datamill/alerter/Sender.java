package io.datamill.alerter;

import io.datamill.alerter.channel.Backoff;
import io.datamill.alerter.channel.Channel;
import io.datamill.alerter.channel.Delivery;
import io.datamill.alerter.config.Action;
import io.datamill.alerter.store.Deliveries;
import io.datamill.alerter.store.Deliveries.Claim;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sends the alerts of one action, one after the other; those of other actions are not held by it. */
final class Sender {
    /** Above the time that an attempt may take: after it, its end could not be remembered. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Action action;
    private final Channel channel;
    private final Deliveries deliveries;
    private final Reporting reporting;
    private final Backoff backoff;
    private final Clock clock;

    /** Where a sender tells what it did. */
    record Reporting(Counts counts, Journal journal) {}

    Sender(Action action, Channel channel, Deliveries deliveries, Reporting reporting, Clock clock) {
        this.action = action;
        this.channel = channel;
        this.deliveries = deliveries;
        this.reporting = reporting;
        this.backoff = new Backoff(action.retry().first(), action.retry().most(), RandomGenerator.getDefault());
        this.clock = clock;
    }

    String name() {
        return action.name();
    }

    /** Makes what the process before left in the middle of an attempt due at once. */
    void resume() throws SQLException {
        deliveries.resume();
    }

    /** Tries the alert that is due the longest. False if none was due at that time. */
    boolean sendNext(Instant due) throws SQLException {
        Optional<Claim> claimed =
                deliveries.claim(due, channel::render, action.longest().plus(MARGIN));
        if (claimed.isEmpty()) {
            return false;
        }
        Claim claim = claimed.get();
        Delivery delivery = channel.send(claim.id(), claim.body());
        if (delivery instanceof Delivery.Sent sent) {
            deliveries.sent(claim.id(), sent.remark());
            reporting.counts().sent();
            if (!sent.remark().isEmpty()) {
                tell("sent-in-part", claim.id(), sent.remark());
            }
        } else if (delivery instanceof Delivery.Refused refused) {
            failed(claim.id(), refused.reason());
        } else if (delivery instanceof Delivery.Again again) {
            again(claim, again);
        }
        return true;
    }

    private void again(Claim claim, Delivery.Again again) throws SQLException {
        Duration wait = backoff.after(claim.attempts(), again.after());
        if (clock.instant().plus(wait).isAfter(claim.since().plus(action.retry().giveUp()))) {
            failed(claim.id(), "given up after " + claim.attempts() + " attempts: " + again.reason());
        } else {
            deliveries.again(claim.id(), wait, again.reason());
            reporting.counts().retried();
            tell(
                    "retry",
                    claim.id(),
                    again.reason() + "; attempt " + claim.attempts() + ", next in " + wait.toMillis() + " ms");
        }
    }

    private void failed(UUID id, String reason) throws SQLException {
        deliveries.failed(id, reason);
        reporting.counts().failed();
        tell("failed", id, reason);
    }

    private void tell(String event, UUID id, String message) {
        reporting
                .journal()
                .write(reporting
                        .journal()
                        .entry(event)
                        .put("action", action.name())
                        .put("alert", id.toString())
                        .put("message", message));
    }
}
