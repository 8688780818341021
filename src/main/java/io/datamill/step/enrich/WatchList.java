package io.datamill.step.enrich;

import io.datamill.config.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Domains that others are made to look like, found by what they look like. */
final class WatchList {
    /** Most domains: the table of their neighbours is on the heap. */
    static final int MOST = 10_000;

    /** Labels below the registrable domain that are looked at. */
    private static final int MOST_LABELS = 10;

    private static final int SHORTEST_WORD = 3;

    /** What is put before or behind a name to make a page of it; no such word is itself looked for inside of others. */
    private static final Set<String> BAIT = Stream.of(
                    "account",
                    "accounts",
                    "alert",
                    "app",
                    "auth",
                    "billing",
                    "center",
                    "client",
                    "cloud",
                    "confirm",
                    "customer",
                    "help",
                    "id",
                    "info",
                    "invoice",
                    "login",
                    "logon",
                    "mail",
                    "my",
                    "notice",
                    "online",
                    "pay",
                    "payment",
                    "portal",
                    "recovery",
                    "reset",
                    "secure",
                    "security",
                    "service",
                    "services",
                    "signin",
                    "sso",
                    "support",
                    "team",
                    "unlock",
                    "update",
                    "verify",
                    "web",
                    "webmail",
                    "www")
            .map(Appearance::of)
            .collect(Collectors.toUnmodifiableSet());

    /** How a domain looks like another; see {@link LookAlike}. */
    enum How {
        HOMOGLYPH,
        SUFFIX,
        EDIT,
        EMBEDDED,
        SUBDOMAIN
    }

    /** @param domain as it was written on the list */
    record Found(String domain, How how, int distance) {}

    private final PublicSuffixes suffixes = PublicSuffixes.bundled();
    private final List<String> domains = new ArrayList<>();
    private final Set<String> registrables = new HashSet<>();
    /** Of each domain on the list, in its order. */
    private final List<String> labels = new ArrayList<>();

    private final List<String> appearances = new ArrayList<>();
    /** The first domain of the list that looks like that. */
    private final Map<String, Integer> byAppearance = new HashMap<>();

    private final NearWords near;

    /** @throws IllegalArgumentException for what has no registrable domain, and for too many */
    WatchList(Collection<String> entries, int distance) {
        entries.forEach(this::add);
        this.near = new NearWords(appearances, distance);
    }

    /**
     * A text file of one domain a line, read again when it changes.
     *
     * @param more domains that are watched beside those of the file
     * @throws IOException naming the file, and the line that is no domain
     */
    static WatchedFile<WatchList> watch(Reference file, List<String> more, int distance, LongSupplier nanos)
            throws IOException {
        return WatchedFile.open(
                Path.of(file.resolve()),
                List.of(WatchList.class, distance, more),
                path -> {
                    List<String> entries = new ArrayList<>(more);
                    Lines.read(path, line -> {
                        registrable(line);
                        entries.add(line);
                    });
                    try {
                        return new WatchList(entries, distance);
                    } catch (IllegalArgumentException e) {
                        throw new IOException(path + ": " + e.getMessage(), e);
                    }
                },
                nanos);
    }

    /** @throws IllegalArgumentException if there is none */
    static PublicSuffixes.Split registrable(String entry) {
        PublicSuffixes.Split split = PublicSuffixes.bundled().split(Host.ofDomain(entry));
        if (split == null || split.registrable() < 0) {
            throw new IllegalArgumentException("expected a domain such as example.com, but read '" + entry + "'");
        }
        return split;
    }

    private void add(String entry) {
        PublicSuffixes.Split split = registrable(entry);
        if (!registrables.add(split.registrableDomain())) {
            return;
        }
        if (domains.size() == MOST) {
            throw new IllegalArgumentException("more than " + MOST + " domains");
        }
        String label = label(split);
        domains.add(entry);
        labels.add(label);
        appearances.add(Appearance.of(label));
        byAppearance.putIfAbsent(Appearance.of(label), domains.size() - 1);
    }

    /**
     * What the domain looks like.
     *
     * @param host as {@link Host} gives it
     * @return null where it looks like nothing on the list, or its registrable domain is on it
     */
    Found find(String host) {
        PublicSuffixes.Split split = suffixes.split(host);
        if (split == null || split.registrable() < 0 || registrables.contains(split.registrableDomain())) {
            return null;
        }
        String label = label(split);
        String appearance = Appearance.of(label);
        Integer same = byAppearance.get(appearance);
        if (same != null) {
            return new Found(domains.get(same), label.equals(labels.get(same)) ? How.SUFFIX : How.HOMOGLYPH, 0);
        }
        NearWords.Near nearest = near.nearest(appearance);
        if (nearest != null) {
            return new Found(domains.get(nearest.place()), How.EDIT, nearest.distance());
        }
        Integer within = within(appearance);
        return within != null ? new Found(domains.get(within), How.EMBEDDED, 0) : below(split);
    }

    private Found below(PublicSuffixes.Split split) {
        int end = split.registrable() - 1;
        for (int i = 0; i < MOST_LABELS && end > 0; i++) {
            int start = split.host().lastIndexOf('.', end - 1) + 1;
            String appearance = Appearance.of(Appearance.shown(split.host().substring(start, end)));
            Integer whole = word(appearance);
            Integer found = whole != null ? whole : within(appearance);
            if (found != null) {
                return new Found(domains.get(found), How.SUBDOMAIN, 0);
            }
            end = start - 1;
        }
        return null;
    }

    /** A watched name as a part of a label: between hyphens, with hyphens inside, or with a bait before or behind. */
    private Integer within(String appearance) {
        if (appearance.indexOf('-') < 0) {
            return baited(appearance);
        }
        Integer found = word(appearance.replace("-", ""));
        for (int start = 0; found == null && start <= appearance.length(); ) {
            int hyphen = appearance.indexOf('-', start);
            int end = hyphen < 0 ? appearance.length() : hyphen;
            String part = appearance.substring(start, end);
            found = word(part);
            found = found == null ? baited(part) : found;
            start = end + 1;
        }
        return found;
    }

    private Integer baited(String part) {
        for (String bait : BAIT) {
            if (part.length() < bait.length() + SHORTEST_WORD) {
                continue;
            }
            Integer found = null;
            if (part.endsWith(bait)) {
                found = word(part.substring(0, part.length() - bait.length()));
            }
            if (found == null && part.startsWith(bait)) {
                found = word(part.substring(bait.length()));
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Integer word(String appearance) {
        return appearance.length() < SHORTEST_WORD || BAIT.contains(appearance) ? null : byAppearance.get(appearance);
    }

    /** The label that somebody has registered, decoded. */
    private static String label(PublicSuffixes.Split split) {
        return Appearance.shown(split.host().substring(split.registrable(), split.suffix() - 1));
    }
}
