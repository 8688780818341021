package io.datamill.alerter.message;

/** One message of the stream; a repeat has the same kind, tenant and id. */
public sealed interface Message permits VerdictEvent, Notice {
    /** The word of the table for what it is. */
    String kind();

    /** Empty where it concerns none. */
    String tenant();

    String id();
}
