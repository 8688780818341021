package io.datamill.alerter.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.channel.AlertContent;
import io.datamill.alerter.config.AlerterConfig.Grouping;
import io.datamill.alerter.message.Notice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The windows of groups: the first event opens one and with it an alert, others of its time are counted in it. */
public final class Windows {
    private static final int CLOSED_AT_ONCE = 500;

    private static final String INSERT = "INSERT INTO alerter_alert (id, alerter, action, kind, tenant, group_hash,"
            + " content, first_at, last_at, count, told, opened_at, closes_at, closed, state, next_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)";

    private final Lease lease;
    private final Grouping grouping;
    private final Clock clock;

    public Windows(Lease lease, Grouping grouping, Clock clock) {
        this.lease = lease;
        this.grouping = grouping;
        this.clock = clock;
    }

    /** An open window, locked. */
    private record Open(
            UUID id, String action, String tenant, String hash, ObjectNode content, Span span, Instant closesAt) {
        static Open of(ResultSet row) throws SQLException {
            return new Open(
                    row.getObject("id", UUID.class),
                    row.getString("action"),
                    row.getString("tenant"),
                    row.getString("group_hash"),
                    Json.read(row.getString("content")),
                    new Span(
                            Statement.instant(row, "first_at"),
                            Statement.instant(row, "last_at"),
                            row.getLong("count"),
                            row.getLong("told")),
                    Statement.instant(row, "closes_at"));
        }
    }

    private record Span(Instant first, Instant last, long count, long told) {}

    /** Counts events of a group. True if that opened a window, and so an alert. */
    boolean add(Connection connection, GroupKey group, Gathered more) throws SQLException {
        Instant now = clock.instant();
        String hash = group.hash();
        List<Open> open = Statement.of(
                        "SELECT * FROM alerter_alert WHERE alerter = ? AND action = ? AND kind = 'group'"
                                + " AND tenant = ? AND group_hash = ? AND NOT closed FOR UPDATE",
                        lease.alerter(),
                        group.action(),
                        group.tenant(),
                        hash)
                .rows(connection, Open::of);
        if (!open.isEmpty() && now.isBefore(open.get(0).closesAt())) {
            count(connection, open.get(0), more);
            return false;
        }
        for (Open over : open) {
            close(connection, over);
        }
        Statement.of(
                        INSERT,
                        UUID.randomUUID(),
                        lease.alerter(),
                        group.action(),
                        "group",
                        group.tenant(),
                        hash,
                        more.content().toString(),
                        more.first(),
                        more.last(),
                        more.count(),
                        0L,
                        now,
                        now.plus(grouping.window()),
                        false,
                        now.plus(grouping.delay()))
                .update(connection);
        return true;
    }

    private static void count(Connection connection, Open window, Gathered more) throws SQLException {
        AlertContent.merge(window.content(), more.content());
        Statement.of(
                        "UPDATE alerter_alert SET count = count + ?, first_at = least(first_at, ?),"
                                + " last_at = greatest(last_at, ?), content = ?::jsonb WHERE id = ?",
                        more.count(),
                        more.first(),
                        more.last(),
                        window.content().toString(),
                        window.id())
                .update(connection);
    }

    /** An alert of a job itself, at once and alone. */
    void add(Connection connection, String action, Notice notice) throws SQLException {
        Instant now = clock.instant();
        Statement.of(
                        INSERT,
                        UUID.randomUUID(),
                        lease.alerter(),
                        action,
                        "notice",
                        notice.tenant(),
                        "",
                        AlertContent.notice(notice).toString(),
                        notice.at(),
                        notice.at(),
                        1L,
                        0L,
                        now,
                        now,
                        true,
                        now)
                .update(connection);
    }

    /** Closes the windows whose time is over; how many. */
    public int closeDue() throws SQLException {
        return lease.with(connection -> {
            List<Open> over = Statement.of(
                            "SELECT * FROM alerter_alert WHERE alerter = ? AND kind = 'group' AND NOT closed"
                                    + " AND closes_at <= ? ORDER BY closes_at LIMIT ? FOR UPDATE",
                            lease.alerter(),
                            clock.instant(),
                            CLOSED_AT_ONCE)
                    .rows(connection, Open::of);
            for (Open window : over) {
                close(connection, window);
            }
            return over.size();
        });
    }

    /** What came after its alert is told by another; what has not been told at all will be, all of it, by its own. */
    private void close(Connection connection, Open window) throws SQLException {
        Statement.of("UPDATE alerter_alert SET closed = true WHERE id = ?", window.id())
                .update(connection);
        Span span = window.span();
        if (grouping.summary() && span.told() > 0 && span.count() > span.told()) {
            Instant now = clock.instant();
            Statement.of(
                            INSERT,
                            UUID.randomUUID(),
                            lease.alerter(),
                            window.action(),
                            "summary",
                            window.tenant(),
                            window.hash(),
                            window.content().toString(),
                            span.first(),
                            span.last(),
                            span.count(),
                            span.told(),
                            now,
                            now,
                            true,
                            now)
                    .update(connection);
        }
    }
}
