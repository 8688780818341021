package io.datamill.alerter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.channel.OneLine;
import java.time.Clock;
import java.util.function.Consumer;

/** What the alerter tells of itself: one JSON object a line. Safe for use by several threads. */
public final class Journal {
    private static final int MOST_TEXT = 500;

    private final Consumer<String> out;
    private final Clock clock;

    public Journal(Consumer<String> out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * An entry to be filled.
     *
     * @param event what happened, such as standby
     */
    ObjectNode entry(String event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", clock.instant().toString())
                .put("event", event);
    }

    void write(ObjectNode entry) {
        out.accept(entry.toString());
    }

    void write(String event, String message) {
        write(entry(event).put("message", OneLine.of(message, MOST_TEXT)));
    }
}
