package io.datamill.event;

/** What became of an event that came in; each is counted once as IN and once as one of the others. */
public enum Fate {
    IN,
    OUT,
    FILTERED,
    DUPLICATE,
    REJECTED,
    /** It came after its window had been closed. */
    LATE,
    /** It went into another event: a group's, or the other side of a join. */
    ABSORBED
}
