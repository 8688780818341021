package io.datamill.step.enrich;

import io.datamill.config.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Domains; those that were given with a dot in front, such as {@code .example.com}, with all names below them. */
final class DomainList {
    private final Set<String> names = new HashSet<>();
    private final Set<String> withAllBelow = new HashSet<>();

    DomainList(Collection<String> entries) {
        entries.forEach(this::add);
    }

    /**
     * A text file of one domain a line, read again when it changes.
     *
     * @throws IOException naming the file, and the line that is no domain
     */
    static WatchedFile<DomainList> watch(Reference file, LongSupplier nanos) throws IOException {
        return WatchedFile.open(Path.of(file.resolve()), DomainList.class, DomainList::read, nanos);
    }

    private static DomainList read(Path path) throws IOException {
        DomainList list = new DomainList(Set.of());
        Lines.read(path, list::add);
        return list;
    }

    /** @param host as {@link Host} gives it, or null, which is on no list */
    boolean has(String host) {
        if (host == null) {
            return false;
        }
        if (names.contains(host)) {
            return true;
        }
        if (!withAllBelow.isEmpty()) {
            for (int start = 0; start >= 0; ) {
                if (withAllBelow.contains(host.substring(start))) {
                    return true;
                }
                int dot = host.indexOf('.', start);
                start = dot < 0 ? -1 : dot + 1;
            }
        }
        return false;
    }

    int size() {
        return names.size() + withAllBelow.size();
    }

    private void add(String entry) {
        boolean below = entry.startsWith(".");
        String host = Host.ofDomain(below ? entry.substring(1) : entry);
        if (host == null) {
            throw new IllegalArgumentException(
                    "expected a domain such as example.com, or .example.com for all below it too, but read '" + entry
                            + "'");
        }
        (below ? withAllBelow : names).add(host);
    }
}
