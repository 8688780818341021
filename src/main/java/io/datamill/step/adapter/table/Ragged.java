package io.datamill.step.adapter.table;

/** What becomes of a row that has fewer fields than the table has columns. */
public enum Ragged {
    REFUSE,
    /** Its last columns are null. */
    FILL
}
