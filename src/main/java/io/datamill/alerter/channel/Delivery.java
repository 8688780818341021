package io.datamill.alerter.channel;

import java.time.Duration;

/** What came of sending an alert. */
public sealed interface Delivery {
    Delivery SENT = new Sent("");

    /**
     * The receiver has it.
     *
     * @param remark such as recipients that were refused; empty if there is none
     */
    record Sent(String remark) implements Delivery {}

    /**
     * To be tried again.
     *
     * @param after what the receiver asks to wait; zero if it asks nothing
     */
    record Again(String reason, Duration after) implements Delivery {}

    /** The receiver will not take it. */
    record Refused(String reason) implements Delivery {}
}
