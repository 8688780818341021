package io.datamill.registry;

import com.google.common.util.concurrent.Striped;
import io.datamill.config.Suggestion;
import io.datamill.schema.SchemaIds;
import io.datamill.schema.SchemaName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.apache.avro.Schema;

/** The rules of a registry, over what a store keeps. Safe for use by several threads, and by several servers. */
final class Registry {
    /** Each time another server has added a version; so of that many at once all get theirs. */
    private static final int MAX_TRIES = 100;

    /** One at a time for a subject, so that only other servers can be quicker. */
    private final Striped<Lock> turns = Striped.lock(64);

    private final SchemaStore store;

    Registry(SchemaStore store) {
        this.store = store;
    }

    List<String> subjects() {
        return store.subjects();
    }

    List<Version> versions(String subject) {
        List<Version> versions = store.versions(checked(subject));
        if (versions.isEmpty()) {
            throw new Refusal(
                    404,
                    "unknown-subject",
                    "no subject '" + subject + "'" + Suggestion.among(subject, store.subjects()));
        }
        return versions;
    }

    /** @param number from 1, or {@link SchemaName#LATEST} */
    Version version(String subject, int number) {
        List<Version> versions = versions(subject);
        Version latest = versions.get(versions.size() - 1);
        return number == SchemaName.LATEST
                ? latest
                : versions.stream()
                        .filter(version -> version.number() == number)
                        .findFirst()
                        .orElseThrow(() -> new Refusal(
                                404,
                                "unknown-version",
                                "no version " + number + " of '" + subject + "'; the latest is " + latest.number()));
    }

    Schema schema(UUID id) {
        return store.schema(id).orElseThrow(() -> new Refusal(404, "unknown-schema", "no schema with id " + id));
    }

    /**
     * The version that this schema has in the subject, and if it has none, a new one.
     *
     * @param number that it must have, or {@link SchemaName#LATEST} for whichever is next
     */
    Version register(String subject, Schema schema, int number) {
        Lock turn = turns.get(checked(subject));
        turn.lock();
        try {
            return registerInTurn(subject, schema, number);
        } finally {
            turn.unlock();
        }
    }

    private Version registerInTurn(String subject, Schema schema, int number) {
        UUID id = SchemaIds.of(schema);
        for (int i = 0; i < MAX_TRIES; i++) {
            List<Version> before = store.versions(subject);
            Optional<Version> same =
                    before.stream().filter(version -> version.id().equals(id)).findFirst();
            Version wanted = same.orElseGet(() -> next(subject, schema, id, before));
            if (number != SchemaName.LATEST && wanted.number() != number) {
                throw new Refusal(
                        409,
                        "other-version",
                        "this schema cannot be version " + number + " of '" + subject + "'; it "
                                + (same.isPresent() ? "is version " : "would be version ") + wanted.number());
            }
            if (same.isEmpty()) {
                refuse(subject, reasons(subject, schema, before));
            }
            if (same.isPresent() || store.append(wanted)) {
                return wanted;
            }
        }
        throw new StoreException("'" + subject + "' got " + MAX_TRIES + " other versions meanwhile", null);
    }

    /** Empty if the schema may be registered as it is. */
    List<String> reasons(String subject, Schema schema) {
        return reasons(subject, schema, store.versions(checked(subject)));
    }

    CompatibilityLevel level(String subject) {
        return store.level(checked(subject)).orElse(CompatibilityLevel.DEFAULT);
    }

    void setLevel(String subject, CompatibilityLevel level) {
        store.setLevel(checked(subject), level);
    }

    /** Fails where the store does. */
    void check() {
        store.subjects();
    }

    private List<String> reasons(String subject, Schema schema, List<Version> before) {
        return Compatibility.reasons(level(subject), schema, before);
    }

    private static Version next(String subject, Schema schema, UUID id, List<Version> before) {
        int latest = before.isEmpty() ? 0 : before.get(before.size() - 1).number();
        return new Version(subject, latest + 1, id, schema);
    }

    private void refuse(String subject, List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refusal(
                    409,
                    "incompatible",
                    "'" + subject + "' is kept " + level(subject) + " compatible, and " + String.join("; ", reasons),
                    reasons);
        }
    }

    private static String checked(String subject) {
        if (!SchemaName.isSubject(subject)) {
            throw new Refusal(
                    400,
                    "bad-subject",
                    "a subject is up to 190 of A-Z a-z 0-9 . _ -, starting with a letter or digit and not ending like a"
                            + " version (-v4)");
        }
        return subject;
    }
}
