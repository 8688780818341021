package io.datamill.pipeline;

import io.datamill.event.Fate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Steps by chance, and what a plain computation makes of the same events: it knows no keys, legs or operators. */
final class RandomPipeline {
    private static final List<String> KEYS = List.of("k", "n", "b", "e", "d");

    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private final List<String> keys = new ArrayList<>(KEYS);
    private List<PlainEvent> events;
    private final Set<String> loose = new HashSet<>();
    private final Set<String> unordered = new HashSet<>();
    private boolean ordered = true;
    private String number = "n";
    private String tags = "tags";
    private int steps;

    /** An event as the computation sees it. */
    record PlainEvent(String tenant, String id, long time, Map<String, Object> values) {
        PlainEvent with(String field, Object value) {
            Map<String, Object> changed = new LinkedHashMap<>(values);
            changed.put(field, value);
            return new PlainEvent(tenant, id, time, changed);
        }

        PlainEvent without(String field) {
            Map<String, Object> changed = new LinkedHashMap<>(values);
            changed.remove(field);
            return new PlainEvent(tenant, id, time, changed);
        }
    }

    RandomPipeline(Random random, List<PlainEvent> events) {
        this.random = random;
        this.events = events;
        count(Fate.IN, events.size());
    }

    String yaml() {
        return yaml.toString();
    }

    List<PlainEvent> events() {
        return events;
    }

    /**
     * Fields whose values are right as a whole, but may be at other events: windows are given in no certain order, and
     * what counts them counts them in that order.
     */
    Set<String> loose() {
        return loose;
    }

    /** Fields each of whose values is right at its event. */
    Set<String> fixed() {
        Set<String> fixed = new HashSet<>(
                events.isEmpty() ? Set.of() : events.get(0).values().keySet());
        fixed.removeIf(field -> unordered.contains(field));
        return fixed;
    }

    /** With those that are given as outcomes. */
    Map<Fate, Long> fates() {
        count(Fate.OUT, events.size());
        return fates;
    }

    void count(Fate fate, long more) {
        if (more > 0) {
            fates.merge(fate, more, Long::sum);
        }
    }

    /** Adds a step, unless what it needs has gone. */
    void step() {
        steps++;
        switch (random.nextInt(11)) {
            case 0 -> filter();
            case 1 -> reject();
            case 2 -> explode();
            case 3 -> deduplicate();
            case 4, 5, 6 -> profile();
            case 7 -> rename();
            case 8 -> derive();
            case 9 -> yaml.append("  - wait: { id: w" + steps + " }\n");
            default -> group();
        }
    }

    private void filter() {
        if (number != null) {
            int least = random.nextInt(4);
            yaml.append("  - filter: \"" + number + " >= " + least + "\"\n");
            keep(
                    Fate.FILTERED,
                    events.stream()
                            .filter(event -> ((Number) event.values.get(number)).longValue() >= least)
                            .toList());
        }
    }

    private void reject() {
        if (number != null) {
            yaml.append("  - derive: { q" + steps + ": \"12 / " + number + "\" }\n");
            keep(
                    Fate.REJECTED,
                    events.stream()
                            .filter(event -> ((Number) event.values.get(number)).longValue() != 0)
                            .map(event -> event.with("q" + steps, 12 / ((Number) event.values.get(number)).longValue()))
                            .toList());
        }
    }

    private void keep(Fate lost, List<PlainEvent> kept) {
        if (kept.size() < events.size()) {
            loose.clear(); // Those of the lost are gone.
        }
        count(lost, events.size() - kept.size());
        events = kept;
    }

    private void explode() {
        if (tags == null) {
            return;
        }
        yaml.append("  - explode: { field: tags, as: tag" + steps + " }\n");
        List<PlainEvent> parts = new ArrayList<>();
        for (PlainEvent event : events) {
            List<?> elements = (List<?>) event.values.get(tags);
            count(Fate.IN, elements.size() - 1);
            count(Fate.FILTERED, elements.isEmpty() ? 1 : 0);
            for (int i = 0; i < elements.size(); i++) {
                PlainEvent part = event.without(tags).with("tag" + steps, elements.get(i));
                parts.add(new PlainEvent(part.tenant, part.id + '~' + i, part.time, part.values));
            }
        }
        events = parts;
        keys.add("tag" + steps);
        tags = null;
    }

    private void deduplicate() {
        yaml.append("  - deduplicate: { id: once" + steps + ", within: 24h }\n");
        Set<String> seen = new HashSet<>();
        keep(
                Fate.DUPLICATE,
                events.stream()
                        .filter(event -> seen.add(event.tenant + '|' + event.id))
                        .toList());
    }

    private List<String> key() {
        String first = keys.get(random.nextInt(keys.size()));
        String second = keys.get(random.nextInt(keys.size()));
        return random.nextBoolean() || first.equals(second) ? List.of(first) : List.of(first, second);
    }

    private static String keyOf(PlainEvent event, List<String> key) {
        return event.tenant + key.stream().map(event.values::get).toList();
    }

    private void profile() {
        List<String> key = key();
        yaml.append(
                "  - profile: { id: p" + steps + ", key: " + key + ", features: { c" + steps + ": \"count(1d)\" } }\n");
        if (!ordered) {
            loose.add("c" + steps);
            unordered.add("c" + steps);
        }
        Map<String, Long> counts = new HashMap<>();
        events = events.stream()
                .map(event -> event.with("c" + steps, counts.merge(keyOf(event, key), 1L, Long::sum)))
                .toList();
    }

    private void rename() {
        String from = keys.get(random.nextInt(keys.size()));
        String to = from + '_' + steps;
        boolean swapped = random.nextBoolean() && keys.size() > 1;
        String other = keys.get((keys.indexOf(from) + 1) % keys.size());
        if (from.equals(number) || (swapped && other.equals(number))) {
            return;
        }
        if (swapped) {
            yaml.append("  - rename: { " + from + ": " + other + ", " + other + ": " + from + " }\n");
            events = events.stream()
                    .map(event -> event.with(from, event.values.get(other)).with(other, event.values.get(from)))
                    .toList();
        } else {
            yaml.append("  - rename: { " + from + ": " + to + " }\n");
            events = events.stream()
                    .map(event -> event.with(to, event.values.get(from)).without(from))
                    .toList();
            keys.set(keys.indexOf(from), to);
        }
    }

    /** A field goes and comes again with another value. */
    private void derive() {
        if (number != null && keys.contains(number)) {
            yaml.append("  - derive: { x: \"" + number + " % 2 == 0 ? 'even' : 'odd'\" }\n");
            yaml.append("  - drop: [" + number + "]\n  - rename: { x: " + number + " }\n");
            String field = number;
            events = events.stream()
                    .map(event ->
                            event.with(field, ((Number) event.values.get(field)).longValue() % 2 == 0 ? "even" : "odd"))
                    .toList();
            number = null;
        }
    }

    private void group() {
        List<String> key = key();
        yaml.append("  - group: { id: g" + steps + ", key: " + key + ", window: { tumbling: 1d }, aggregates: { m"
                + steps + ": count } }\n");
        Map<String, PlainEvent> windows = new LinkedHashMap<>();
        for (PlainEvent event : events) {
            windows.merge(
                    keyOf(event, key),
                    window(event, key),
                    (one, two) -> one.with("m" + steps, (Long) one.values.get("m" + steps) + 1));
        }
        count(Fate.ABSORBED, events.size());
        events = List.copyOf(windows.values());
        count(Fate.IN, events.size());
        loose.clear();
        ordered = false;
        keys.retainAll(key);
        number = "m" + steps;
        tags = null;
    }

    private PlainEvent window(PlainEvent event, List<String> key) {
        Map<String, Object> values = new LinkedHashMap<>();
        key.forEach(field -> values.put(field, event.values.get(field)));
        values.put("m" + steps, 1L);
        return new PlainEvent(event.tenant, "g" + steps + keyOf(event, key), event.time, values);
    }
}
