package io.datamill.step.adapter.line;

import java.io.Serializable;

/**
 * A group of the pattern that gives a field its text.
 *
 * @param quoted whether quotes around the text are taken away
 */
record Capture(int group, boolean quoted) implements Serializable {}
