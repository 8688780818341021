package io.datamill.step.enrich;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The public suffix list (https://publicsuffix.org/list/, MPL-2.0): below which names anybody may register one. The copy
 * is that of crawler-commons; its code, which is not used, finds 75 of the list's own 78 test cases.
 */
final class PublicSuffixes {
    private static final String RESOURCE = "/effective_tld_names.dat";

    private static final int RULE = 1;
    /** All names directly below it are suffixes. */
    private static final int WILDCARD = 2;
    /** It is no suffix, though a wildcard says so. */
    private static final int EXCEPTION = 4;
    /** The same for the rules of the list's private section: those three, shifted. */
    private static final int PRIVATE_SHIFT = 3;

    private static final class Bundled {
        private static final PublicSuffixes INSTANCE = load();
    }

    /**
     * A host's parts, by where they begin.
     *
     * @param suffix where the public suffix begins
     * @param registrable where the registrable domain begins, one label before the suffix; -1 where the host is a suffix
     * @param ofPrivate whether an owner of a domain and no registry has said that it is a suffix
     * @param listed whether the list has the suffix; otherwise it is the last label
     */
    record Split(String host, int suffix, int registrable, boolean ofPrivate, boolean listed) {
        /** Or null. */
        String registrableDomain() {
            return registrable < 0 ? null : host.substring(registrable);
        }
    }

    private final Map<String, Integer> rules = new HashMap<>();

    /** Read once for each JVM. */
    static PublicSuffixes bundled() {
        return Bundled.INSTANCE;
    }

    /**
     * @param host as {@link Host} gives it
     * @return null for an IP address, and for null
     */
    Split split(String host) {
        if (host == null || Character.isDigit(host.charAt(host.lastIndexOf('.') + 1)) && isNumeric(host)) {
            return null;
        }
        int before = -1;
        int start = 0;
        while (true) {
            int dot = host.indexOf('.', start);
            int flags = rules.getOrDefault(start == 0 ? host : host.substring(start), 0);
            if ((flags & both(EXCEPTION)) != 0) {
                return new Split(host, dot + 1, start, isPrivate(flags, EXCEPTION), true);
            }
            if ((flags & both(RULE)) != 0) {
                return new Split(host, start, before, isPrivate(flags, RULE), true);
            }
            if (dot < 0) {
                return new Split(host, start, before, false, false);
            }
            int above = rules.getOrDefault(host.substring(dot + 1), 0);
            if ((above & both(WILDCARD)) != 0) {
                return new Split(host, start, before, isPrivate(above, WILDCARD), true);
            }
            before = start;
            start = dot + 1;
        }
    }

    /** No top-level domain is a number: RFC 3696, section 2. */
    private static boolean isNumeric(String host) {
        for (int i = host.lastIndexOf('.') + 1; i < host.length(); i++) {
            if (!Character.isDigit(host.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int both(int flag) {
        return flag | flag << PRIVATE_SHIFT;
    }

    private static boolean isPrivate(int flags, int flag) {
        return (flags & flag) == 0;
    }

    private static PublicSuffixes load() {
        try (InputStream resource = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("no " + RESOURCE + " on the class path; it comes with crawler-commons");
            }
            PublicSuffixes suffixes = new PublicSuffixes();
            suffixes.read(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)));
            return suffixes;
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    private void read(BufferedReader lines) throws IOException {
        int shift = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("===BEGIN PRIVATE DOMAINS===")) {
                shift = PRIVATE_SHIFT;
            }
            String rule = line.strip(); // No rule of the list has anything behind it on its line.
            if (rule.startsWith("!")) {
                add(rule.substring(1), EXCEPTION << shift);
            } else if (rule.startsWith("*.")) {
                add(rule.substring(2), WILDCARD << shift);
            } else if (!rule.isEmpty() && !rule.startsWith("//")) {
                add(rule, RULE << shift);
            }
        }
    }

    private void add(String name, int flag) {
        rules.merge(IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT), flag, (a, b) -> a | b);
    }
}
