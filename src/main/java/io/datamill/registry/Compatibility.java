package io.datamill.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Whether a schema may follow a subject's versions. */
final class Compatibility {
    private static final String CANDIDATE = "the new schema";

    private Compatibility() {}

    /**
     * Every reason against it, the latest version's first; none if it may.
     *
     * @param earlier from the earliest to the latest
     */
    static List<String> reasons(CompatibilityLevel level, Schema candidate, List<Version> earlier) {
        List<String> reasons = new ArrayList<>();
        int first = level.transitive() ? 0 : Math.max(0, earlier.size() - 1);
        for (int i = earlier.size() - 1; i >= first; i--) {
            Version version = earlier.get(i);
            String name = "version " + version.number();
            if (level.backward()) {
                reasons.addAll(new Reading(CANDIDATE, name).reasons(candidate, version.schema()));
            }
            if (level.forward()) {
                reasons.addAll(new Reading(name, CANDIDATE).reasons(version.schema(), candidate));
            }
        }
        return reasons;
    }
}
