package io.datamill.alerter.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.channel.Alert;
import io.datamill.alerter.channel.AlertContent;
import io.datamill.alerter.config.AlerterConfig.Limit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The alerts of one action that are to be sent. Before the first attempt the body is made and kept, so that each attempt,
 * also after a crash, sends the same under the same id.
 */
public final class Deliveries {
    private static final String OVERFLOW = "overflow";

    private final Lease lease;
    private final String action;
    private final Limit limit;
    private final Clock clock;

    public Deliveries(Lease lease, String action, Limit limit, Clock clock) {
        this.lease = lease;
        this.action = action;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * An alert to send now.
     *
     * @param attempts with this one
     * @param since when the first one was
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes that nobody changes.
    public record Claim(UUID id, byte[] body, int attempts, Instant since) {}

    @SuppressWarnings("ArrayRecordComponent") // Bytes that nobody changes.
    private record Due(Alert alert, byte[] body, int attempts, Instant toldAt) {
        static Due of(ResultSet row) throws SQLException {
            Alert alert = new Alert(
                    row.getObject("id", UUID.class),
                    Alert.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    row.getString("tenant"),
                    Statement.instant(row, "first_at"),
                    Statement.instant(row, "last_at"),
                    row.getLong("count"),
                    row.getLong("told"),
                    Json.read(row.getString("content")));
            return new Due(alert, row.getBytes("body"), row.getInt("attempts"), Statement.instant(row, "told_at"));
        }
    }

    /**
     * Takes the alert that is due the longest.
     *
     * @param due the time by which it has to be
     * @param render makes the body
     * @param patience after which an attempt whose end could not be remembered is made again
     * @return empty if none is due
     */
    public Optional<Claim> claim(Instant due, Function<Alert, byte[]> render, Duration patience) throws SQLException {
        Step step;
        do {
            step = lease.with(connection -> step(connection, due, render, patience));
        } while (step.isMerged());
        return Optional.ofNullable(step.claim());
    }

    /** What a transaction came to: a claim, nothing that is due, or an alert that was merged into another. */
    private record Step(boolean isMerged, Claim claim) {}

    private Step step(Connection connection, Instant until, Function<Alert, byte[]> render, Duration patience)
            throws SQLException {
        List<Due> found = Statement.of(
                        "SELECT * FROM alerter_alert WHERE alerter = ? AND action = ?"
                                + " AND state IN ('pending', 'sending') AND next_at <= ?"
                                + " ORDER BY next_at LIMIT 1 FOR UPDATE",
                        lease.alerter(),
                        action,
                        until)
                .rows(connection, Due::of);
        if (found.isEmpty()) {
            return new Step(false, null);
        }
        Due due = found.get(0);
        if (due.body() == null) {
            if (isLimited(due.alert().kind()) && told(connection, due.alert().tenant()) >= limit.alerts()) {
                merge(connection, due.alert());
                return new Step(true, null);
            }
            due = freeze(connection, due, render);
        }
        Statement.of(
                        "UPDATE alerter_alert SET state = 'sending', attempts = attempts + 1, next_at = ? WHERE id = ?",
                        clock.instant().plus(patience),
                        due.alert().id())
                .update(connection);
        return new Step(false, new Claim(due.alert().id(), due.body(), due.attempts() + 1, due.toldAt()));
    }

    private static boolean isLimited(Alert.Kind kind) {
        return kind == Alert.Kind.GROUP || kind == Alert.Kind.SUMMARY;
    }

    /** How many alerts the tenant has had of late. */
    private long told(Connection connection, String tenant) throws SQLException {
        return Statement.of(
                        "SELECT count(*) FROM alerter_alert WHERE alerter = ? AND action = ? AND tenant = ?"
                                + " AND told_at > ? AND kind IN ('group', 'summary')",
                        lease.alerter(),
                        action,
                        tenant,
                        clock.instant().minus(limit.per()))
                .rows(connection, row -> row.getLong(1))
                .get(0);
    }

    /** Makes the body: what comes from now on is told by another alert. */
    private Due freeze(Connection connection, Due due, Function<Alert, byte[]> render) throws SQLException {
        Alert alert = due.alert().kind() == Alert.Kind.OVERFLOW ? gather(connection, due.alert()) : due.alert();
        byte[] body = render.apply(alert);
        Instant now = clock.instant();
        Statement.of(
                        "UPDATE alerter_alert SET body = ?, told = ?, count = ?, first_at = ?, last_at = ?, told_at = ?,"
                                + " closed = closed OR kind = 'overflow' WHERE id = ?",
                        body,
                        alert.count(),
                        alert.count(),
                        alert.first(),
                        alert.last(),
                        now,
                        alert.id())
                .update(connection);
        return new Due(alert, body, due.attempts(), now);
    }

    /** The events of all that was merged into it. */
    private static Alert gather(Connection connection, Alert overflow) throws SQLException {
        record Sum(long count, Instant first, Instant last) {}
        Sum sum = Statement.of(
                        "SELECT sum(count - told)::bigint AS count, min(first_at) AS first, max(last_at) AS last"
                                + " FROM alerter_alert WHERE merged_into = ?",
                        overflow.id())
                .rows(
                        connection,
                        row -> new Sum(
                                row.getLong("count"), Statement.instant(row, "first"), Statement.instant(row, "last")))
                .get(0);
        Statement.of("UPDATE alerter_alert SET told = count WHERE merged_into = ?", overflow.id())
                .update(connection);
        return new Alert(
                overflow.id(),
                overflow.kind(),
                overflow.tenant(),
                sum.first(),
                sum.last(),
                sum.count(),
                0,
                overflow.content());
    }

    private void merge(Connection connection, Alert alert) throws SQLException {
        record Open(UUID id, ObjectNode content) {}
        Instant now = clock.instant();
        UUID opened = UUID.randomUUID();
        Statement.of(
                        "INSERT INTO alerter_alert (id, alerter, action, kind, tenant, group_hash, content, first_at,"
                                + " last_at, count, opened_at, closes_at, closed, state, next_at)"
                                + " VALUES (?, ?, ?, 'overflow', ?, ?, ?::jsonb, ?, ?, 0, ?, ?, false, 'pending', ?)"
                                + " ON CONFLICT DO NOTHING",
                        opened,
                        lease.alerter(),
                        action,
                        alert.tenant(),
                        OVERFLOW,
                        AlertContent.overflow().toString(),
                        alert.first(),
                        alert.last(),
                        now,
                        now.plus(limit.per()),
                        now.plus(limit.per()))
                .update(connection);
        Open open = Statement.of(
                        "SELECT id, content FROM alerter_alert WHERE alerter = ? AND action = ? AND kind = 'overflow'"
                                + " AND tenant = ? AND NOT closed FOR UPDATE",
                        lease.alerter(),
                        action,
                        alert.tenant())
                .rows(connection, row -> new Open(row.getObject("id", UUID.class), Json.read(row.getString("content"))))
                .get(0);
        AlertContent.addGroup(open.content(), alert.content().path("group"));
        Statement.of(
                        "UPDATE alerter_alert SET content = ?::jsonb WHERE id = ?",
                        open.content().toString(),
                        open.id())
                .update(connection);
        Statement.of("UPDATE alerter_alert SET state = 'merged', merged_into = ? WHERE id = ?", open.id(), alert.id())
                .update(connection);
    }

    /** What the process before was sending when it ended is sent again, at once. */
    public void resume() throws SQLException {
        lease.with(connection -> Statement.of(
                        "UPDATE alerter_alert SET next_at = ? WHERE alerter = ? AND action = ? AND state = 'sending'",
                        clock.instant(),
                        lease.alerter(),
                        action)
                .update(connection));
    }

    public void sent(UUID id, String remark) throws SQLException {
        finish(id, "sent", remark);
    }

    public void failed(UUID id, String reason) throws SQLException {
        finish(id, "failed", reason);
    }

    private void finish(UUID id, String state, String remark) throws SQLException {
        Instant sent = state.equals("sent") ? clock.instant() : null;
        lease.with(connection -> Statement.of(
                        "UPDATE alerter_alert SET state = ?, sent_at = ?::timestamptz, last_error = nullif(?, '')"
                                + " WHERE id = ?",
                        state,
                        sent,
                        remark,
                        id)
                .update(connection));
    }

    public void again(UUID id, Duration wait, String reason) throws SQLException {
        lease.with(connection -> Statement.of(
                        "UPDATE alerter_alert SET state = 'pending', next_at = ?, last_error = ? WHERE id = ?",
                        clock.instant().plus(wait),
                        reason,
                        id)
                .update(connection));
    }
}
