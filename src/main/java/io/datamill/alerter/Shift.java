package io.datamill.alerter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.channel.Backoff;
import io.datamill.alerter.channel.Channel;
import io.datamill.alerter.config.Action;
import io.datamill.alerter.config.AlerterConfig;
import io.datamill.alerter.store.Deliveries;
import io.datamill.alerter.store.Intake;
import io.datamill.alerter.store.Intake.Routing;
import io.datamill.alerter.store.Lease;
import io.datamill.alerter.store.Positions;
import io.datamill.alerter.store.Upkeep;
import io.datamill.alerter.store.Windows;
import io.datamill.alerter.stream.StreamPort;
import io.datamill.alerter.stream.StreamReader;
import io.datamill.alerter.stream.StreamReader.Manner;
import io.datamill.alerter.stream.StreamReader.Pass;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The parts of an alerter that has the lease, and each of its tasks once; who runs them says how often. */
final class Shift {
    private static final Duration BETWEEN_STATUSES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_UPKEEPS = Duration.ofHours(1);
    private static final Backoff STREAM =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), RandomGenerator.getDefault());

    private final Windows windows;
    private final Upkeep upkeep;
    private final StreamReader reader;
    private final Positions positions;
    private final List<Sender> senders;
    private final Sender.Reporting reporting;
    private final Clock clock;
    private Instant statusAt;
    private Instant upkeepAt;
    private long behindMillis = Long.MAX_VALUE;

    /** What outlives a shift. */
    record Means(AlerterConfig config, String streamName, StreamPort stream, Map<String, Channel> channels) {}

    Shift(Means means, Lease lease, Sender.Reporting reporting, Clock clock) throws SQLException {
        AlerterConfig config = means.config();
        this.reporting = reporting;
        this.clock = clock;
        windows = new Windows(lease, config.group(), clock);
        upkeep = new Upkeep(lease, config.state(), clock);
        positions = new Positions(lease, means.streamName(), clock);
        Intake intake = new Intake(
                lease,
                positions,
                windows,
                new Routing(config.actions(), config.group().by()),
                clock);
        reader = new StreamReader(
                means.stream(),
                positions,
                intake::take,
                new Manner(config.source().start(), STREAM, clock));
        senders = config.actions().stream()
                .map(action -> new Sender(
                        action,
                        means.channels().get(action.name()),
                        new Deliveries(lease, action.name(), config.limit(), clock),
                        reporting,
                        clock))
                .toList();
        for (Sender sender : senders) {
            sender.resume();
        }
        statusAt = clock.instant().plus(BETWEEN_STATUSES);
        upkeepAt = clock.instant();
        for (String orphan :
                upkeep.orphans(config.actions().stream().map(Action::name).toList())) {
            reporting.journal().write("orphans", "alerts wait for action '" + orphan + "', which is not in the file");
        }
    }

    List<Sender> senders() {
        return senders;
    }

    /** Reads once from each shard and closes the windows that are over. */
    Pass read() throws SQLException {
        Pass pass = reader.pass();
        reporting.counts().taken(pass.tally());
        behindMillis = pass.behindMillis();
        if (!pass.problem().isEmpty()) {
            reporting.journal().write("stream", pass.problem());
        }
        if (pass.tally().rejected() > 0) {
            reporting
                    .journal()
                    .write(
                            "rejected",
                            pass.tally().rejected() + " messages could not be read; see table alerter_reject");
        }
        windows.closeDue();
        return pass;
    }

    /** What is due now and then: the status, and the removal of what is old. */
    void tick() throws SQLException {
        Instant now = clock.instant();
        if (!now.isBefore(statusAt)) {
            statusAt = now.plus(BETWEEN_STATUSES);
            positions.confirm(reader.atEnd());
            status();
        }
        if (!now.isBefore(upkeepAt)) {
            upkeepAt = now.plus(BETWEEN_UPKEEPS);
            upkeep.removeOld();
        }
    }

    void status() throws SQLException {
        ObjectNode entry = reporting.journal().entry("status");
        reporting.counts().write(entry);
        entry.put("waiting", upkeep.waiting());
        if (behindMillis != Long.MAX_VALUE) {
            entry.put("behind_ms", behindMillis);
        }
        reporting.journal().write(entry);
    }
}
