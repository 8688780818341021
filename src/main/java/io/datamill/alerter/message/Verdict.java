package io.datamill.alerter.message;

/** What was decided about an event. */
public enum Verdict {
    QUARANTINE,
    LABEL,
    PASS
}
