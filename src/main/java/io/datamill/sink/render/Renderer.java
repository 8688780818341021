package io.datamill.sink.render;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.outbox.StoreRow;
import java.io.Serializable;

/** Renders outcomes for one store, before the shuffle to its outbox. One instance serves one subtask. */
public interface Renderer extends Serializable {

    /** Makes the buffers; called once before the first event. */
    void open();

    /** @throws RejectedEventException if the store could never take the event */
    StoreRow render(Event event) throws RejectedEventException;
}
