package io.datamill.step.profile;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.step.FieldTypes;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    /**
     * Whom the profile is about and what it says.
     *
     * @param id names the state in savepoints
     * @param key one or more fields; the tenant is part of the key in any case
     * @param features the field to add, and what it is; in this order
     */
    public record Config(String id, List<String> key, Map<String, String> features) implements StepConfig {
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
            boolean good = true;
            for (int i = 0; i < key.size(); i++) {
                good &= isKey("key[" + i + "]", key.get(i), planning);
            }
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

        private static boolean isKey(String option, String name, Planning planning) {
            Schema.Field field = planning.field(option, name);
            if (field == null) {
                return false;
            }
            boolean good = EventKey.canHold(field.schema());
            if (!good) {
                planning.problem(
                        option,
                        "field '" + name + "' is " + FieldTypes.describe(field.schema())
                                + ", expected a string, integer or boolean");
            }
            return good;
        }
    }

    private final String id;
    private final List<String> key;
    private final List<Feature> features;
    private final List<Feature> distinct;
    private transient ValueState<ProfileState> state;

    private Profile(String id, List<String> key, List<Feature> features) {
        this.id = id;
        this.key = key;
        this.features = new ArrayList<>(features);
        Map<String, Feature> byName = new LinkedHashMap<>();
        features.forEach(feature -> byName.put(feature.name(), feature));
        this.distinct = new ArrayList<>(byName.values());
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
        int position = event.values().length;
        for (Feature feature : features) {
            values[position++] = feature.value(profile.features.get(feature.name()), event);
        }
        for (Feature feature : distinct) {
            profile.features.compute(feature.name(), (name, held) -> feature.updated(held, event));
        }
        if (profile.features.size() > distinct.size()) {
            profile.features
                    .keySet()
                    .removeIf(name -> distinct.stream()
                            .noneMatch(feature -> feature.name().equals(name)));
        }
        state.update(profile);
        return event.withValues(values);
    }
}
