package io.datamill.cli.reference;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Grammar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that can be looked up, section by section, by name within each. */
final class Entries {
    /** The headings of steps by the package they are in; one of another package stands under its package's name. */
    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("transform", "Transforms");
        SECTIONS.put("parse", "Transforms");
        SECTIONS.put("fitted", "Fitted transforms");
        SECTIONS.put("enrich", "Enrichments");
        SECTIONS.put("lookup", "Joins and look-ups");
        SECTIONS.put("join", "Joins and look-ups");
        SECTIONS.put("group", "Windows");
        SECTIONS.put("profile", "Keyed state");
        SECTIONS.put("score", "Score and decide");
        SECTIONS.put("decide", "Score and decide");
    }

    private final Catalog catalog;

    Entries(Catalog catalog) {
        this.catalog = catalog;
    }

    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        named(Grammar.SOURCES, "Sources", "source", entries);
        named(catalog.adapters(), "Adapters", "adapter", entries);
        entries.add(new Entry("Event", "section", "event", Grammar.EVENT));
        steps(entries);
        named(catalog.sinks(), "Sinks", "sink", entries);
        named(catalog.rejects(), "Rejects", "store of rejects", entries);
        entries.add(new Entry("Ledger", "section", "ledger", Grammar.LEDGER));
        entries.add(new Entry("Alerts", "section", "alerts", Grammar.ALERTS));
        entries.add(new Entry("Raw lake", "section", "raw", Grammar.RAW));
        return entries;
    }

    /** In the order they are shown in. */
    Set<String> sections() {
        Set<String> sections = new LinkedHashSet<>();
        all().forEach(entry -> sections.add(entry.section()));
        return sections;
    }

    private void steps(List<Entry> entries) {
        List<Entry> steps = new ArrayList<>();
        catalog.verbs().forEach((name, config) -> steps.add(new Entry(section(config), "step", name, config)));
        List<String> order = List.copyOf(new LinkedHashSet<>(SECTIONS.values()));
        steps.sort(Comparator.comparingInt((Entry step) -> place(order, step.section()))
                .thenComparing(Entry::section)
                .thenComparing(Entry::name));
        entries.addAll(steps);
    }

    private static int place(List<String> order, String section) {
        int place = order.indexOf(section);
        return place < 0 ? order.size() : place;
    }

    private static String section(Class<?> config) {
        String name = config.getPackageName();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return SECTIONS.getOrDefault(last, Character.toUpperCase(last.charAt(0)) + last.substring(1));
    }

    private static void named(Map<String, ? extends Class<?>> found, String section, String noun, List<Entry> entries) {
        new TreeMap<>(found).forEach((name, config) -> entries.add(new Entry(section, noun, name, config)));
    }
}
