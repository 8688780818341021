package io.datamill.testing;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Plans one stateless step and runs events through it. */
public final class StepRunner {
    private final List<String> problems = new ArrayList<>();
    private final Planning planning;
    private final StatelessStep step;

    public StepRunner(Schema input, StepConfig config) throws Exception {
        planning = new Planning(input, (option, message) -> problems.add(option + ": " + message));
        step = (StatelessStep) config.plan(planning);
        if (step != null && problems.isEmpty()) {
            step.open();
        }
    }

    public List<String> problems() {
        return problems;
    }

    public Schema output() {
        return planning.output();
    }

    /** The values after the step, or null where it drops the event. */
    public Object[] run(Object... values) throws RejectedEventException {
        SourceRecord record = new SourceRecord(new Position("stream", "shard-0", "1", 0), "key", new byte[0]);
        Event event = step.apply(new Event(new Header("tenant", "id", 0, null, record), "key", values));
        return event == null ? null : event.values();
    }
}
