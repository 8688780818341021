package io.datamill.step;

/** A step that depends on a file of its own kind, so that its results differ from version to version of it. */
public interface Versioned {

    /** The file's name and the version of its content, such as {@code scale.json@3f2a90c1d2e4}. */
    String version();
}
