package io.datamill.alerter.store;

import io.datamill.alerter.config.AlerterConfig.State;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Removes what need not be remembered any longer, and tells what waits. */
public final class Upkeep {
    private static final int REMOVED_AT_ONCE = 10_000;

    private final Lease lease;
    private final State state;
    private final Clock clock;

    public Upkeep(Lease lease, State state, Clock clock) {
        this.lease = lease;
        this.state = state;
        this.clock = clock;
    }

    /** Events beyond {@code remember} and sent alerts beyond {@code keep}; failed alerts and rejects stay. */
    public void removeOld() throws SQLException {
        Instant events = clock.instant().minus(state.remember());
        Instant alerts = clock.instant().minus(state.keep());
        removeAll(
                "DELETE FROM alerter_event WHERE (alerter, kind, tenant, id) IN (SELECT alerter, kind, tenant, id"
                        + " FROM alerter_event WHERE alerter = ? AND seen_at < ? LIMIT ?)",
                events);
        removeAll(
                "DELETE FROM alerter_alert WHERE id IN (SELECT id FROM alerter_alert WHERE alerter = ? AND closed"
                        + " AND state IN ('sent', 'merged') AND closes_at < ? AND told = count LIMIT ?)",
                alerts);
    }

    private void removeAll(String sql, Instant before) throws SQLException {
        int removed;
        do {
            removed = lease.with(connection ->
                    Statement.of(sql, lease.alerter(), before, REMOVED_AT_ONCE).update(connection));
        } while (removed == REMOVED_AT_ONCE);
    }

    /** How many alerts are to be sent. */
    public long waiting() throws SQLException {
        return lease.with(connection -> Statement.of(
                        "SELECT count(*) FROM alerter_alert WHERE alerter = ? AND state IN ('pending', 'sending')",
                        lease.alerter())
                .rows(connection, row -> row.getLong(1))
                .get(0));
    }

    /** Actions for which alerts wait, but which there are no more. */
    public List<String> orphans(List<String> actions) throws SQLException {
        return lease.with(connection -> Statement.of(
                        "SELECT DISTINCT action FROM alerter_alert WHERE alerter = ? AND state IN ('pending', 'sending')"
                                + " AND action <> ALL (?) ORDER BY action",
                        lease.alerter(),
                        actions.toArray(String[]::new))
                .rows(connection, row -> row.getString(1)));
    }
}
