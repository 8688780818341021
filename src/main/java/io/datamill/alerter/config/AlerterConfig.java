package io.datamill.alerter.config;

import io.datamill.config.Durations;
import io.datamill.config.Reference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The alerter's file.
 *
 * @param alerter its name: what it remembers is kept under it
 * @param source the stream of verdicts
 * @param state where it remembers
 * @param group which events are one alert
 * @param limit how many alerts a tenant may cause
 * @param actions whom it tells
 */
public record AlerterConfig(
        String alerter, StreamConfig source, State state, Grouping group, Limit limit, List<Action> actions) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public AlerterConfig {
        name("alerter", alerter);
        if (source == null) {
            throw new IllegalArgumentException("source is missing; give { stream: verdicts }");
        }
        if (state == null) {
            throw new IllegalArgumentException("state is missing; give { url: \"${env:PG_URL}\" }");
        }
        if (actions == null || actions.isEmpty()) {
            throw new IllegalArgumentException("actions: is missing; give a list of those that are told");
        }
        group = group == null ? new Grouping(null, null, null, null) : group;
        limit = limit == null ? new Limit(null, null) : limit;
        actions = List.copyOf(actions);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < actions.size(); i++) {
            if (!names.add(actions.get(i).name())) {
                throw new IllegalArgumentException("actions[" + i + "]: '"
                        + actions.get(i).name() + "' is the name of another; what is to be sent is kept under it");
            }
        }
    }

    /** @throws IllegalArgumentException beginning with the option, if the name is missing or of another form */
    static void name(String option, String name) {
        if (name == null) {
            throw new IllegalArgumentException(option + " is missing; give it a name");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(option
                    + " expected a name of a-z, 0-9 and -, beginning with a letter, at most 63 long, but read '" + name
                    + "'");
        }
    }

    /**
     * Where the alerter remembers.
     *
     * @param url of a Postgres with the tables of {@code datamill migrate}
     * @param remember for how long a repeat of an event is known: longer than the stream keeps its records
     * @param keep for how long sent alerts stay in the table
     */
    public record State(Reference url, Duration remember, Duration keep) {
        public State {
            if (url == null) {
                throw new IllegalArgumentException("url is missing; give \"${env:PG_URL}\"");
            }
            if (url.written().contains("password=") && !url.written().contains("password=${")) {
                throw new IllegalArgumentException(
                        "url holds a password; give the whole, or the password, as ${env:NAME} or ${file:PATH}");
            }
            remember = Durations.within(
                    "remember", remember, Duration.ofDays(8), Duration.ofHours(1), Duration.ofDays(400));
            keep = Durations.within("keep", keep, Duration.ofDays(30), Duration.ofHours(1), Duration.ofDays(3650));
        }
    }

    /**
     * Which events are one alert.
     *
     * @param by names of the message's fields; the tenant always counts too
     * @param delay from a group's first event until its alert is sent, so that it tells of those that come with it
     * @param window from a group's first event: others of that time belong to the same alert
     * @param summary whether a window that got more events after its alert ends with a second one
     */
    public record Grouping(List<String> by, Duration delay, Duration window, Boolean summary) {
        private static final int MOST = 8;

        public Grouping {
            by = by == null ? List.of("from_domain") : List.copyOf(by);
            if (by.size() > MOST) {
                throw new IllegalArgumentException("by: expected at most " + MOST + " fields");
            }
            delay = Durations.within("delay", delay, Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1));
            window = Durations.within(
                    "window", window, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(7));
            summary = summary == null || summary;
            if (delay.compareTo(window) > 0) {
                throw new IllegalArgumentException("delay is longer than window");
            }
        }
    }

    /**
     * How many alerts of a tenant an action sends; those above are merged into one.
     *
     * @param alerts at most
     * @param per in that time
     */
    public record Limit(Integer alerts, Duration per) {
        private static final int MOST = 10_000;

        public Limit {
            alerts = alerts == null ? 20 : alerts;
            if (alerts < 1 || alerts > MOST) {
                throw new IllegalArgumentException("alerts expected 1 to " + MOST + ", but read '" + alerts + "'");
            }
            per = Durations.within("per", per, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }
}
