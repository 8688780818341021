package io.datamill.sink.postgres;

import java.sql.SQLException;

/**
 * What a failed statement means, in one place. The classes are those of PostgreSQL's appendix A, "Error Codes".
 *
 * <p>Wrong credentials, like a missing table, fail the job: its restart resolves the references again, and thus picks
 * up a changed password, with Flink's own back-off in between.
 */
enum SqlStates {
    /** Some row of the batch can never be written: data exceptions, violated constraints, a row beyond a limit. */
    REFUSED,
    /** The store is not set up for this pipeline: somebody has to act. */
    FATAL,
    /** Anything else passes: connections, resources, locks, shutdowns, a standby that is not promoted yet. */
    AGAIN;

    static SqlStates of(SQLException failure) {
        String state = state(failure);
        if (state.startsWith("22") || state.startsWith("23") || state.equals("54000")) {
            return REFUSED;
        }
        // Authorization, no such database, no such schema, undefined or forbidden objects.
        boolean setup = state.startsWith("28") || state.equals("3D000") || state.equals("3F000");
        return setup || state.startsWith("42") ? FATAL : AGAIN;
    }

    /** Of the failure or, for a batch, of what is behind it; empty where there is none. */
    static String state(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            if (e.getSQLState() != null) {
                return e.getSQLState();
            }
        }
        return "";
    }

    /** Without the statement, which a batch's message repeats. */
    static String message(SQLException failure) {
        SQLException last = failure;
        while (last.getNextException() != null) {
            last = last.getNextException();
        }
        String message = String.valueOf(last.getMessage());
        return message.length() <= 1000 ? message : message.substring(0, 1000);
    }
}
