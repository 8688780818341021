package io.datamill.step.adapter.line;

/** Whether a record holds one line or many. */
public enum Lines {
    /** The whole record is one, whatever line ends are in it. */
    SINGLE,
    MANY
}
