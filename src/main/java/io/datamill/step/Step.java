package io.datamill.step;

import io.datamill.event.Fate;
import java.io.Serializable;

/** A planned step as it travels to the task managers: what it needs at run time, nothing opened and no secret. */
public interface Step extends Serializable {

    /** What an event has become where this step gives null for it. */
    default Fate dropped() {
        return Fate.FILTERED;
    }
}
