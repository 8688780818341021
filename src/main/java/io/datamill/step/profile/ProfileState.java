package io.datamill.step.profile;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is held for one key: of each feature, by the {@link #id} of its name, what it is made of. A feature that is new
 * under a savepoint is not there and starts empty.
 *
 * <p>Public with a public field, since older savepoints hold it as a POJO of Flink's.
 */
public class ProfileState {
    /** As a savepoint of before has it, by {@link Feature#name()}; else null. */
    public Map<String, long[]> features;

    long[] ids = {};
    Held[] held = {};

    /** Flink makes it so from a savepoint of before. */
    public ProfileState() {}

    ProfileState(long[] ids, Held[] held) {
        this.ids = ids;
        this.held = held;
    }

    /** The start of the SHA-256 of a feature's name. */
    static long id(String name) {
        return Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong();
    }

    /** Brings what a savepoint of before has into the form of now. */
    void adopt() {
        if (features == null) {
            return;
        }
        ids = features.keySet().stream().mapToLong(ProfileState::id).toArray();
        held = features.values().stream().map(Longs::new).toArray(Held[]::new);
        features = null;
    }
}
