package io.datamill.pipeline;

import java.io.Serializable;

/**
 * A mistake in a pipeline's file.
 *
 * @param path the option, such as {@code steps[3].geoip.ip}; empty for the file as a whole
 * @param line from 1
 * @param column from 1
 * @param message one line: what was read and what was expected
 */
public record Problem(String path, int line, int column, String message) implements Serializable {
    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
