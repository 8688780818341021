package io.datamill.cli.replay;

import io.datamill.pipeline.Plan;
import io.datamill.sink.postgres.LedgerSink;
import io.datamill.sink.postgres.ReplayedRejects;
import java.sql.SQLException;

/** Keeps two replays of a pipeline from running at once. */
final class ReplayLock {
    private ReplayLock() {}

    /**
     * The table of what has been replayed, locked until it is closed unless nothing is written.
     *
     * @throws IllegalArgumentException if somebody else replays the pipeline
     */
    static ReplayedRejects take(Plan plan, boolean dry) throws SQLException {
        LedgerSink.Config ledger = (LedgerSink.Config) plan.accounts().ledger();
        ReplayedRejects replayed = ReplayedRejects.open(ledger.url());
        try {
            if (!dry && !replayed.lock(plan.version().name())) {
                throw new IllegalArgumentException(
                        plan.version().name() + " is being replayed by somebody else; wait until that has ended");
            }
            return replayed;
        } catch (SQLException | RuntimeException e) {
            replayed.close();
            throw e;
        }
    }
}
