package io.datamill.step.enrich;

import io.datamill.config.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** The entries of an allow or a deny list, by tenant. */
final class TenantList {
    /** The tenant of entries for all. */
    static final String ALL = "*";

    private static final String HEADER = "tenant,value";

    private static final class Entries {
        private final Map<String, String> exact = new HashMap<>();
        private final Map<String, String> withAllBelow = new HashMap<>();
        /** Of the domains: of a host, only an end of one of these lengths is cut out and looked for. */
        private final BitSet lengths = new BitSet();

        private final Networks<String> networks = new Networks<>();
    }

    /**
     * A value as it is looked for.
     *
     * @param lower in lower case
     * @param host the value's host, where it is a name or an e-mail address
     * @param address where it is an IP address
     */
    record Subject(String lower, String host, InetAddress address) {
        static Subject of(String value) {
            String lower = value.toLowerCase(Locale.ROOT);
            InetAddress address = IpAddress.parse(value);
            String host = lower.indexOf('@') >= 0 ? Host.ofEmail(lower) : Host.ofDomain(lower);
            return new Subject(lower, address == null ? host : null, address);
        }
    }

    private final Map<String, Entries> byTenant = new HashMap<>();

    /**
     * A text file of lines {@code tenant,value}, read again when it changes.
     *
     * @throws IOException naming the file, and the line that is no entry
     */
    static WatchedFile<TenantList> watch(Reference file, LongSupplier nanos) throws IOException {
        return WatchedFile.open(Path.of(file.resolve()), TenantList.class, TenantList::read, nanos);
    }

    private static TenantList read(Path path) throws IOException {
        TenantList list = new TenantList();
        Lines.read(path, list::add);
        return list;
    }

    /** Whether there is any entry that could match for the tenant. */
    boolean concerns(String tenant) {
        return byTenant.containsKey(ALL) || byTenant.containsKey(tenant);
    }

    /** The entry of that tenant, as it is written, that the value matches, or null: an exact one, a domain's, a network's. */
    String find(String tenant, Subject subject) {
        Entries entries = byTenant.get(tenant);
        if (entries == null) {
            return null;
        }
        String exact = entries.exact.get(subject.lower);
        if (exact != null) {
            return exact;
        }
        if (subject.address != null) {
            return entries.networks.isEmpty() ? null : entries.networks.find(subject.address);
        }
        return subject.host == null || entries.withAllBelow.isEmpty() ? null : above(subject.host, entries);
    }

    private static String above(String host, Entries entries) {
        for (int start = 0; start >= 0; ) {
            boolean possible = entries.lengths.get(host.length() - start);
            String found = possible ? entries.withAllBelow.get(host.substring(start)) : null;
            if (found != null) {
                return found;
            }
            int dot = host.indexOf('.', start);
            start = dot < 0 ? -1 : dot + 1;
        }
        return null;
    }

    private void add(String line) {
        if (line.equals(HEADER)) {
            return;
        }
        int comma = line.indexOf(',');
        String tenant = comma < 0 ? "" : line.substring(0, comma).strip();
        String value = line.substring(comma + 1).strip();
        if (tenant.isEmpty() || value.isEmpty()) {
            throw new IllegalArgumentException("expected tenant,value, but read '" + line + "'");
        }
        Entries entries = byTenant.computeIfAbsent(tenant, name -> new Entries());
        if (value.startsWith(".")) {
            String host = Host.ofDomain(value.substring(1));
            if (host == null) {
                throw new IllegalArgumentException("expected a domain such as .example.com, but read '" + value + "'");
            }
            entries.withAllBelow.putIfAbsent(host, value);
            entries.lengths.set(host.length());
        } else if (!entries.networks.add(value, value)) {
            entries.exact.putIfAbsent(value.toLowerCase(Locale.ROOT), value);
        }
    }
}
