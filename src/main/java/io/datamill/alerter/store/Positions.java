package io.datamill.alerter.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How far each shard of a stream is read. */
public final class Positions {
    private final Lease lease;
    private final String stream;
    private final Clock clock;

    public Positions(Lease lease, String stream, Clock clock) {
        this.lease = lease;
        this.stream = stream;
        this.clock = clock;
    }

    /**
     * A shard's.
     *
     * @param sequence of the last record that is done; null before the first
     * @param startAt without a sequence, the time to begin with; null: with the oldest record
     * @param done whether it has ended and been read to its end
     * @param moved when this was last known to be right
     */
    public record Position(String shard, String sequence, Instant startAt, boolean done, Instant moved) {}

    public List<Position> all() throws SQLException {
        return lease.with(connection -> Statement.of(
                        "SELECT * FROM alerter_shard WHERE alerter = ? AND stream = ?", lease.alerter(), stream)
                .rows(
                        connection,
                        row -> new Position(
                                row.getString("shard"),
                                row.getString("sequence"),
                                Statement.instant(row, "start_at"),
                                row.getBoolean("done"),
                                Statement.instant(row, "moved_at"))));
    }

    /** Remembers new shards, so that a restart begins where this began. */
    public void begin(Collection<Position> positions) throws SQLException {
        lease.with(connection -> {
            for (Position at : positions) {
                Statement.of(
                                "INSERT INTO alerter_shard VALUES (?, ?, ?, NULL, ?, false, ?)",
                                lease.alerter(),
                                stream,
                                at.shard(),
                                at.startAt(),
                                clock.instant())
                        .update(connection);
            }
            return null;
        });
    }

    /** Shards that the stream has no more. */
    public void forget(Collection<String> shards) throws SQLException {
        lease.with(connection -> Statement.of(
                        "DELETE FROM alerter_shard WHERE alerter = ? AND stream = ? AND shard = ANY (?)",
                        lease.alerter(),
                        stream,
                        shards.toArray(String[]::new))
                .update(connection));
    }

    /** Shards that are read to their present end. */
    public void confirm(Collection<String> shards) throws SQLException {
        lease.with(connection -> Statement.of(
                        "UPDATE alerter_shard SET moved_at = ? WHERE alerter = ? AND stream = ? AND shard = ANY (?)",
                        clock.instant(),
                        lease.alerter(),
                        stream,
                        shards.toArray(String[]::new))
                .update(connection));
    }

    /**
     * In the transaction that has done what is before it.
     *
     * @param sequence null: no further than it is
     */
    void move(Connection connection, String shard, String sequence, boolean done) throws SQLException {
        int moved = Statement.of(
                        "UPDATE alerter_shard SET sequence = coalesce(?, sequence), done = ?, moved_at = ?"
                                + " WHERE alerter = ? AND stream = ? AND shard = ?",
                        sequence,
                        done,
                        clock.instant(),
                        lease.alerter(),
                        stream,
                        shard)
                .update(connection);
        if (moved != 1) {
            throw new IllegalStateException("the position of " + stream + '/' + shard
                    + " is gone; was the row deleted while the alerter ran? Start it again");
        }
    }

    String stream() {
        return stream;
    }
}
