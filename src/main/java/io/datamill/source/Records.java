package io.datamill.source;

import io.datamill.event.SourceRecord;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/** A bounded number of records, the same and in the same order at each reading. */
public interface Records extends Serializable {

    /** @throws IOException naming the file that cannot be read */
    void forEach(Consumer<SourceRecord> record) throws IOException;
}
