package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import java.io.Serializable;
import org.apache.avro.Schema;

/**
 * One thing that is known of the events of a window. What is held of them is of one of the kinds that {@link
 * WindowStateSerializer} knows; null as long as no event had a value.
 */
interface Aggregate extends Serializable {

    /** What is held is found again by this under a savepoint: the function and the field's type. */
    String name();

    /** Of the field it gives. */
    Schema schema();

    /** @throws RejectedEventException if the event cannot be added; nothing has been changed */
    default void check(Object held, Event event) throws RejectedEventException {}

    /** What is held with this event: {@code held} itself, changed, or another. */
    Object add(Object held, Event event);

    /** What is held of the events of two windows; neither is null, both may be changed. */
    Object merged(Object one, Object other);

    /** The value of the field. */
    Object value(Object held);
}
