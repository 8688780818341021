package io.datamill.pipeline;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.StatelessStep;

/** Checks what a sink will get of an event, and lets the whole event through. */
final class ProjectedCheck implements StatelessStep {
    private static final long serialVersionUID = 1L;

    private final StatelessStep projection;
    private final StatelessStep check;

    ProjectedCheck(StatelessStep projection, StatelessStep check) {
        this.projection = projection;
        this.check = check;
    }

    @Override
    public void open() throws Exception {
        projection.open();
        check.open();
    }

    @Override
    public void close() throws Exception {
        projection.close();
        check.close();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        check.apply(projection.apply(event));
        return event;
    }
}
