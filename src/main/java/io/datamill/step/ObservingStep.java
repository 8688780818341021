package io.datamill.step;

import io.datamill.event.Observation;
import java.util.function.Consumer;

/**
 * A step that counts what events look like, in memory; what it has counted leaves before a watermark ends a window and
 * before a barrier, so that every event is in exactly one window downstream, and in one checkpoint.
 */
public interface ObservingStep extends StatelessStep {

    /** The step's {@code id} in the YAML. */
    String id();

    /** Called once, before {@link #open}: takes what the step gives in the methods below or when it has much. */
    void observe(Consumer<Observation> out);

    /** Gives the windows that end by a watermark; what comes for them from now on is late. */
    void passed(long watermark);

    /** Gives everything. */
    void drain();
}
