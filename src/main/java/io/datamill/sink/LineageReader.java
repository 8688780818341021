package io.datamill.sink;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.generic.IndexedRecord;

/** Reads where the outcomes that a lake has come from: who writes files does not know how they are read. */
public interface LineageReader extends Serializable {

    /**
     * Gives the lineage of each row.
     *
     * @param directory one of the lake's, with what is below it; nothing is given of one that is not there
     * @param lineage takes records that have tenant, event_id and version
     */
    void forEach(String directory, Consumer<IndexedRecord> lineage) throws IOException;
}
