package io.datamill.event;

/** What became of a record; each is counted once as IN and once as one of the others. */
public enum Fate {
    IN,
    OUT,
    FILTERED,
    DUPLICATE,
    REJECTED
}
