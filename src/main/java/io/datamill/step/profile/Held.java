package io.datamill.step.profile;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;

/** What one feature holds of one key; it changes as events come. */
interface Held {

    /** Tells the layout; see {@link ProfileStateSerializer}. */
    int kind();

    void write(DataOutputView out) throws IOException;

    /** One that does not see what becomes of this. */
    Held copy();
}
