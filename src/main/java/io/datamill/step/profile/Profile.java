package io.datamill.step.profile;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.KeyFields;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StateId;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Adds what is known about a key of each tenant: {@code count(1h)}, {@code first(field)}, {@code last(field)}. Features
 * follow event time, not arrival, and are as the events came: a late event changes what follows, never what was sent.
 *
 * <p>State: per key about 150 bytes, and per feature about 80 plus 8 for first and last, or 8 for each slot that had an
 * event, at most 600 for {@code count(1h)}, 312 for {@code count(1d)}, 840 for {@code count(90d)}. A key is never
 * forgotten, since its first time would be lost: state grows with the number of keys. Features written alike share one
 * part of the state; one that is removed is dropped when its key comes again.
 */
public final class Profile implements KeyedStep {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** Whom the profile is about and what it says. */
    @VerbDoc(
            purpose = "Adds what is known about a key of each tenant up to and with this event: how many events it had"
                    + " within a time, and the least and greatest value of a timestamp before. Counts go by event time"
                    + " in slots of a minute (up to 1h), an hour (up to 1d) or a day, and are as the events came: a late"
                    + " event changes what follows, never what was sent.",
            signature = "count(1h): any → long; first(field), last(field): timestamp → timestamp, last nullable",
            state = "For each key about 150 bytes, for each feature about 80, plus 8 for first and last, or 8 for each"
                    + " slot that had an event: at most 600 for count(1h), 312 for count(1d), 840 for count(90d). A key"
                    + " is never forgotten, since its first time would be lost.",
            example =
                    """
                    step: { profile: { id: sender, key: [sender], features: { seen: "count(1h)", first_seen: "first(at)" } } }
                    fields: { sender: string, at: timestamp }
                    time: at
                    input:
                      - { sender: a, at: 2026-01-31T12:00:00Z }
                      - { sender: b, at: 2026-01-31T12:00:30Z }
                      - { sender: a, at: 2026-01-31T12:01:00Z }
                    output:
                      - { sender: a, at: 2026-01-31T12:00:00Z, seen: 1, first_seen: 2026-01-31T12:00:00Z }
                      - { sender: b, at: 2026-01-31T12:00:30Z, seen: 1, first_seen: 2026-01-31T12:00:30Z }
                      - { sender: a, at: 2026-01-31T12:01:00Z, seen: 2, first_seen: 2026-01-31T12:00:00Z }
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.") String id,
            @OptionDoc("The fields, beside the tenant, that the profile is about: strings, integers, booleans, enums.")
                    List<String> key,
            @OptionDoc("The fields to add, in this order: count(5m) to count(90d), in whole hours above 1h and whole"
                            + " days above 1d; first(f) and last(f), the least and greatest value of a timestamp: first"
                            + " with this event, last of those before it, null at the first.")
                    Map<String, String> features)
            implements StepConfig {
        public Config {
            StateId.require(id);
            if (key == null || key.isEmpty()) {
                throw new IllegalArgumentException("key is missing; give the fields the profile is about");
            }
            if (features == null || features.isEmpty()) {
                throw new IllegalArgumentException("features is missing; give at least one, such as seen: count(1h)");
            }
            key = List.copyOf(key);
            features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        }

        @Override
        public Stage stage() {
            return Stage.PROFILE;
        }

        @Override
        public Step plan(Planning planning) {
            boolean good = KeyFields.check(key, planning);
            List<Feature> parsed = new ArrayList<>();
            for (Map.Entry<String, String> feature : features.entrySet()) {
                String option = "features." + feature.getKey();
                Feature one = FeatureParser.parse(option, feature.getValue(), planning);
                if (!NAME.matcher(feature.getKey()).matches()) {
                    planning.problem(option, "'" + feature.getKey() + "' is no name of a field: letters, digits and _");
                    good = false;
                } else if (one != null) {
                    planning.add(option, feature.getKey(), one.schema());
                    parsed.add(one);
                }
            }
            return good && parsed.size() == features.size() ? new Profile(id, key, parsed) : null;
        }
    }

    private final String id;
    private final List<String> key;
    private final List<Feature> features;

    /** Positions in {@link #features}: of those that share a part of the state only the first updates it. */
    private final int[] distinct;

    private transient ValueState<ProfileState> state;

    private Profile(String id, List<String> key, List<Feature> features) {
        this.id = id;
        this.key = key;
        this.features = features;
        List<String> names = features.stream().map(Feature::name).toList();
        this.distinct = IntStream.range(0, names.size())
                .filter(i -> names.indexOf(names.get(i)) == i)
                .toArray();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<String> key() {
        return key;
    }

    @Override
    public void open(Context context) {
        state = context.state().getState(new ValueStateDescriptor<>("profile", ProfileState.type()));
    }

    @Override
    public Event apply(Event event) throws Exception {
        ProfileState profile = state.value();
        if (profile == null) {
            profile = new ProfileState();
        }
        Object[] values = event.widened(features.size());
        int before = event.values().length;
        long[][] held = new long[features.size()][];
        for (int i = 0; i < held.length; i++) {
            held[i] = profile.features.get(features.get(i).name());
            values[before + i] = features.get(i).value(held[i], event);
        }
        for (int i : distinct) {
            long[] updated = features.get(i).updated(held[i], event);
            if (updated != held[i]) {
                profile.features.put(features.get(i).name(), updated);
            }
        }
        if (profile.features.size() > distinct.length) {
            profile.features
                    .keySet()
                    .removeIf(name -> features.stream()
                            .noneMatch(feature -> feature.name().equals(name)));
        }
        state.update(profile);
        return event.withValues(values);
    }
}
