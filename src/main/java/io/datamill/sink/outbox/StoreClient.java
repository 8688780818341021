package io.datamill.sink.outbox;

import java.io.Serializable;
import java.util.List;

/** The port to a store. One instance serves one subtask, always from the same thread. */
public interface StoreClient extends AutoCloseable {

    /**
     * Writes the rows and waits for the answer. Connects where it has to: a store that is down when the job starts is no
     * reason not to start.
     *
     * @return one result for each row, in the rows' order
     * @throws FatalStoreException fails the job: writing again cannot help before somebody has acted
     * @throws RuntimeException any other fails the job too: nobody foresaw it, and it would come again
     * @throws Exception the store did not answer, or not usefully; the rows are written again later. Whether some
     *     of them were written is not known
     */
    List<RowResult> write(List<StoreRow> rows) throws Exception;

    @Override
    void close() throws Exception;

    /** Travels to the task managers. */
    interface Factory extends Serializable {

        /** Resolves references; does not connect. */
        StoreClient open() throws Exception;
    }
}
