package io.datamill.alerter.channel;

import java.util.UUID;

/** A way to tell of alerts. Serves one thread. */
public interface Channel {
    /** What is sent, the same each time. */
    byte[] render(Alert alert);

    /**
     * Sends it and waits for the answer, with a bounded patience. Never throws for what the receiver or the network does.
     *
     * @param id of the alert
     * @param body what {@link #render} gave
     */
    Delivery send(UUID id, byte[] body);
}
