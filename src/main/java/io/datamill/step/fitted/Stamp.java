package io.datamill.step.fitted;

import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import java.io.Serializable;

/**
 * Puts the version of a step's artifact into each event, where the options ask for it.
 *
 * @param position of the field it adds behind all others; -1: none
 */
record Stamp(String version, int position) implements Serializable {

    /** @param loaded null where it could not be read: the field is planned all the same */
    static Stamp plan(String versionAs, Artifact.Loaded<?> loaded, Planning planning) {
        int position = versionAs == null ? -1 : planning.add("version-as", versionAs, TypeText.parse("string"));
        return new Stamp(loaded == null ? null : loaded.version(), position);
    }

    /** How many fields it adds. */
    int added() {
        return position < 0 ? 0 : 1;
    }

    /** The values, stamped. */
    Object[] on(Object[] values) {
        if (position >= 0) {
            values[position] = version;
        }
        return values;
    }
}
