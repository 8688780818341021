package io.datamill.bench.verbs;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.operator.EventOperator;
import io.datamill.operator.KeyedStepOperator;
import io.datamill.operator.Rekey;
import io.datamill.pipeline.PlannedVerb;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/** A keyed verb on Flink's own state. */
final class BackendWork {
    private BackendWork() {}

    /** Reads and writes state as an operator does, but hands no event on, which the harness would copy. */
    static Work keyed(PlannedVerb planned, IntFunction<Object[]> row, StateBackend backend) throws Exception {
        KeyedStep step = (KeyedStep) planned.step();
        PlannedStep inOperator =
                new PlannedStep("step", Stage.PROFILE, planned.output(), InstantiationUtil.clone(step));
        KeyedStepOperator operator =
                new KeyedStepOperator(new PipelineVersion("bench", "0", 0), inOperator, EventOperator.Counting.NOTHING);
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, Event::key, Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(new EventSerializer(planned.output()));
        harness.open();
        step.open((KeyedStep.Context) operator);
        Works.Clock events = new Works.Clock(row);
        Rekey rekey = new Rekey(planned.input(), step.key());
        return () -> {
            Event event = rekey.map(events.next());
            operator.setCurrentKey(event.key());
            return step.apply(event);
        };
    }
}
