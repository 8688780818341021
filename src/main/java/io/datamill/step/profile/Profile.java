package io.datamill.step.profile;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyFields;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Adds what is known about a key of each tenant; see {@link Feature} and docs/profiles.md. Features follow event time, not
 * arrival, and are as the events came: a late event changes what follows, never what was sent.
 *
 * <p>State: one value per key, of at most so many bytes per feature as docs/profiles.md says, and the slots of sketches
 * apart. A key is never forgotten, since its first time would be lost: state grows with the number of keys. Features
 * written alike share one part of the state; one that is removed is dropped when its key comes again.
 */
public final class Profile implements KeyedStep {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** Whom the profile is about and what it says. */
    @VerbDoc(
            purpose = "Adds what is known about a key of each tenant up to and with this event: counts, sums, averages,"
                    + " least and greatest values, different and most frequent values, shares and changes within a time"
                    + " before it. All goes by event time in slots of a minute (up to 1h), an hour (up to 1d) or a day,"
                    + " and is as the events came: a late event counts where it belongs and changes what follows, never"
                    + " what was sent. docs/profiles.md says what each feature does with null, late events and errors.",
            signature =
                    "count(1h): any → long; rate(1h), share(condition, 1h): any → double;"
                            + " sum(field, 1h): int, long → long, decimal(p,s) → decimal(19,s), float, double → double?;"
                            + " avg(field, 1h), ewma(field, 1h): number → double; min(field, 1h), max(field, 1h): number, timestamp,"
                            + " date → the same; distinct(field, 1h): any → long; top(field, 3, 1h): any → array of {value, count,"
                            + " error}; first(field), last(field): timestamp, string, number but decimal, boolean → the same, last nullable",
            errors = "EXPRESSION: the condition of a share has no value, as of a division by zero.",
            state =
                    "For each key 3 bytes, for each feature 13 and: count 8 for each slot that had an event, at most those"
                            + " of the window and 15; rate the same of two windows; share, min, max and sum 16 a slot, avg, ewma"
                            + " and the sum of doubles 24; first and last 8; distinct at most 15 kB, top(field, 3) at most 60 kB."
                            + " docs/profiles.md has the bounds. A key is never forgotten.",
            example = """
                    step:
                      profile:
                        id: sender
                        key: [sender]
                        features:
                          seen: "count(1h)"
                          bytes: "sum(size, 1d)"
                          mean: "avg(size, 1d)"
                          largest: "max(size, 1d)"
                          sites: "distinct(site, 30d)"
                          big: 'share("size > 15", 7d)'
                          change: "rate(5m)"
                          first_seen: "first(at)"
                    fields: { sender: string, size: int, site: string, at: timestamp }
                    time: at
                    input:
                      - { sender: a, size: 10, site: x, at: 2026-01-31T12:00:00Z }
                      - { sender: b, size: 7, site: x, at: 2026-01-31T12:00:30Z }
                      - { sender: a, size: 20, site: y, at: 2026-01-31T12:06:00Z }
                    output:
                      - { sender: a, size: 10, site: x, at: 2026-01-31T12:00:00Z, seen: 1, bytes: 10, mean: 10, largest: 10,
                          sites: 1, big: 0, change: 1, first_seen: 2026-01-31T12:00:00Z }
                      - { sender: b, size: 7, site: x, at: 2026-01-31T12:00:30Z, seen: 1, bytes: 7, mean: 7, largest: 7,
                          sites: 1, big: 0, change: 1, first_seen: 2026-01-31T12:00:30Z }
                      - { sender: a, size: 20, site: y, at: 2026-01-31T12:06:00Z, seen: 2, bytes: 30, mean: 15, largest: 20,
                          sites: 2, big: 0.5, change: 0, first_seen: 2026-01-31T12:00:00Z }
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.")
            String id,

            @OptionDoc("The fields, beside the tenant, that the profile is about: strings, integers, booleans, enums.")
            List<String> key,

            @OptionDoc("The fields to add, in this order. Windows and half-lives are 5m to 90d, in whole hours above 1h"
                    + " and whole days above 1d. Of numbers: sum, avg, min, max, and ewma(field, half-life). Of most"
                    + " types: distinct (standard error 3.3 %, none up to 96 values) and top(field, 1 to 10, window)."
                    + " rate is (now - before) / (now + before) of two windows' counts. share takes an expression."
                    + " first and last are the least and greatest value of a timestamp: first with this event, last"
                    + " of those before it, null at the first.")
            Map<String, String> features,

            @OptionDoc(
                    value =
                            "Another input with analysts' labels of events, for labelled('bad', 90d): how many events of"
                                    + " the key are labelled so.",
                    otherwise = "none")
            Feedback feedback)
            implements JoinStep.Config {
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

        /** Null without feedback. */
        @Override
        public String input() {
            return feedback == null ? null : feedback.input();
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
                Feature one = new FeatureParser(option, feature.getValue(), planning).parse();
                if (!NAME.matcher(feature.getKey()).matches()) {
                    planning.problem(option, "'" + feature.getKey() + "' is no name of a field: letters, digits and _");
                    good = false;
                } else if (one != null) {
                    planning.add(option, feature.getKey(), one.schema());
                    parsed.add(one);
                }
            }
            good &= parsed.size() == features.size() && fed(parsed, planning);
            if (!good) {
                return null;
            }
            Profile profile = new Profile(id, key, parsed);
            return feedback == null
                    ? profile
                    : new CorrectedProfile(
                            profile, feedback, planning.surroundings().inputs().get(feedback.input()));
        }

        private boolean fed(List<Feature> parsed, Planning planning) {
            boolean labelled = parsed.stream().anyMatch(Labelled.class::isInstance);
            if (feedback != null) {
                if (!labelled) {
                    planning.problem("feedback", "no feature asks for it; add one such as bad: labelled('bad', 90d)");
                }
                return feedback.fits(key, planning) && labelled;
            }
            if (labelled) {
                planning.problem("features", "labelled needs the option feedback, which says where labels come from");
            }
            return !labelled;
        }
    }

    private final String id;
    private final List<String> key;

    /** One of each name. */
    private final Feature[] features;

    /** Theirs; see {@link ProfileState}. */
    private final long[] ids;

    /** Of each field that is added, which feature gives it; a feature is there from its first field on. */
    private final int[] given;

    private transient ValueState<ProfileState> state;
    private transient MapState<String, Sketch> apart;

    private Profile(String id, List<String> key, List<Feature> asked) {
        this.id = id;
        this.key = key;
        List<String> names = asked.stream().map(Feature::name).distinct().toList();
        this.given = asked.stream()
                .mapToInt(feature -> names.indexOf(feature.name()))
                .toArray();
        this.ids = names.stream().mapToLong(ProfileState::id).toArray();
        this.features = new Feature[ids.length];
        for (int i = given.length - 1; i >= 0; i--) {
            features[given[i]] = asked.get(i);
        }
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
        state = context.state().getState(new ValueStateDescriptor<>("profile", ProfileStateSerializer.INSTANCE));
        apart = Sketched.apart(context);
        for (Feature feature : features) {
            feature.open(context);
        }
    }

    @Override
    public Event apply(Event event) throws Exception {
        for (Feature feature : features) {
            feature.check(event);
        }
        ProfileState profile = state.value();
        if (profile == null) {
            profile = new ProfileState();
        }
        if (profile.ids != ids) {
            align(profile);
        }
        Object[] values = event.widened(given.length);
        int before = event.values().length;
        int taken = 0;
        for (int i = 0; i < given.length; i++) {
            int feature = given[i];
            if (feature == taken) {
                values[before + i] = features[feature].take(profile.held[feature], event);
                taken++;
            } else {
                values[before + i] = values[before + first(feature)];
            }
        }
        state.update(profile);
        return event.withValues(values);
    }

    /** Tells the current key's features what one of its events is. */
    void label(String event, long time, String label) throws Exception {
        ProfileState profile = state.value();
        if (profile == null) {
            profile = new ProfileState();
        }
        if (profile.ids != ids) {
            align(profile);
        }
        long labelled = ProfileState.id(event);
        for (int i = 0; i < features.length; i++) {
            if (features[i] instanceof Labelled feature) {
                feature.label((Longs) profile.held[i], labelled, time, label);
            }
        }
        state.update(profile);
    }

    private int first(int feature) {
        int at = 0;
        while (given[at] != feature) {
            at++;
        }
        return at;
    }

    /** Brings what is held into the order of the features; what is no longer asked for is dropped. */
    private void align(ProfileState profile) throws Exception {
        profile.adopt();
        if (!Arrays.equals(profile.ids, ids)) {
            Held[] held = new Held[ids.length];
            for (int i = 0; i < profile.ids.length; i++) {
                int at = indexOf(profile.ids[i]);
                if (at >= 0) {
                    held[at] = profile.held[i];
                } else if (profile.held[i] instanceof Tiers tiers) {
                    Sketched.drop(profile.ids[i], tiers, apart);
                }
            }
            for (int i = 0; i < held.length; i++) {
                held[i] = held[i] == null ? features[i].start() : held[i];
            }
            profile.held = held;
        }
        profile.ids = ids;
    }

    /** Where a feature is; -1 where it is not asked for. */
    private int indexOf(long wanted) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
