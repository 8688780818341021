package io.datamill.alerter.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.channel.AlertContent;
import io.datamill.alerter.message.VerdictEvent;
import java.time.Instant;

/** The events of one group in one batch. */
final class Gathered {
    private final ObjectNode content;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long count;

    Gathered(GroupKey group) {
        content = AlertContent.group(group.values());
    }

    void add(VerdictEvent event) {
        AlertContent.add(content, event);
        first = event.time().isBefore(first) ? event.time() : first;
        last = event.time().isAfter(last) ? event.time() : last;
        count++;
    }

    ObjectNode content() {
        return content;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    long count() {
        return count;
    }
}
