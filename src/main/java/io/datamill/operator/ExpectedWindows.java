package io.datamill.operator;

import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.What;
import io.datamill.event.Observation;
import io.datamill.step.expect.DriftAlerts;
import io.datamill.step.expect.Expectations;
import io.datamill.step.expect.Habits;
import io.datamill.step.expect.Volumes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums the subtasks' observations by tenant and window, and compares a window when the watermark has passed its end. A
 * tenant that has once sent is expected to go on: its windows end also where nothing came, until it has been silent for
 * a week.
 */
public final class ExpectedWindows extends KeyedProcessFunction<String, Observation, DriftFigure> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", TypeInformation.of(Alert.class));

    private static final Logger LOG = LoggerFactory.getLogger(ExpectedWindows.class);
    private static final long FORGOTTEN_AFTER = 7 * 24 * 3600_000L;

    private final Expectations expectations;
    private transient MapState<Long, List<Observation>> windows;
    private transient ValueState<Habits> habits;
    private transient Map<What, Counter> breaches;
    private transient Counter late;
    private transient Counter unknown;
    private transient ScorePsi scorePsi;

    public ExpectedWindows(Expectations expectations) {
        this.expectations = expectations;
    }

    /** What a step with this id has counted. */
    public static OutputTag<Observation> observations(String id) {
        return new OutputTag<>("observations-" + id, Observation.TYPE);
    }

    @Override
    public void open(OpenContext context) {
        windows = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("windows", Types.LONG, Types.LIST(Observation.TYPE)));
        habits = getRuntimeContext().getState(new ValueStateDescriptor<>("habits", Habits.TYPE));
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("drift");
        breaches = new EnumMap<>(What.class);
        for (What what : What.values()) {
            breaches.put(what, metrics.addGroup("what", name(what)).counter("breaches"));
        }
        late = metrics.counter("late");
        unknown = metrics.counter("unknown_model");
        scorePsi = new ScorePsi();
        metrics.gauge("score_psi", () -> scorePsi.highest);
    }

    @Override
    public void processElement(Observation seen, Context context, Collector<DriftFigure> out) throws Exception {
        Habits before = known(context.timerService());
        // After a failure a subtask may give for a window again that has ended here.
        long start = before == null ? seen.start : Math.max(seen.start, before.closed);
        if (before == null) {
            habits.update(begun());
        }
        late.inc(start > seen.start ? seen.events : seen.late);
        unknown.inc(seen.names.length == 0 ? seen.events : 0);
        put(seen, start, context.timerService());
    }

    private Habits begun() {
        Habits begun = new Habits();
        begun.window = expectations.window();
        return begun;
    }

    private void put(Observation seen, long start, TimerService timers) throws Exception {
        windows.put(start, added(seen, start, windows.get(start)));
        timers.registerEventTimeTimer(start + expectations.window() - 1);
    }

    /** What is remembered of the tenant, in the windows of now: those of before the savepoint may have been others. */
    private Habits known(TimerService timers) throws Exception {
        Habits habit = habits.value();
        if (habit == null || habit.window == expectations.window()) {
            return habit;
        }
        habit.silent = (int) (habit.silent * habit.window / expectations.window());
        habit.window = expectations.window();
        habit.volumes = new Volumes(); // Of windows of another length.
        if (habit.closed != Long.MIN_VALUE) {
            habit.closed = expectations.windowOf(habit.closed + habit.window - 1);
            timers.registerEventTimeTimer(habit.closed + habit.window - 1);
        }
        habits.update(habit);
        List<Observation> counted = new ArrayList<>();
        windows.values().forEach(counted::addAll);
        windows.clear();
        for (Observation seen : counted) {
            put(seen, Math.max(expectations.windowOf(seen.start), habit.closed), timers);
        }
        return habit;
    }

    private static List<Observation> added(Observation seen, long start, List<Observation> window) {
        List<Observation> versions = window == null ? new ArrayList<>() : window;
        for (Observation one : versions) {
            if (one.model.equals(seen.model)) {
                one.add(seen);
                return versions;
            }
        }
        seen.start = start;
        versions.add(seen);
        return versions;
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DriftFigure> out) throws Exception {
        long start = time + 1 - expectations.window();
        Habits habit = known(context.timerService());
        if (habit == null && windows.contains(start)) {
            habit = begun(); // It was forgotten, but another subtask has counted for later already.
        }
        if (habit == null || start < habit.closed || start != expectations.windowOf(start)) {
            return; // It was forgotten, or has ended, or there is no such window any more.
        }
        List<Observation> seen = windows.get(start);
        // The end of a bounded input passes every time at once: nobody is silent then.
        boolean last = context.timerService().currentWatermark() == Long.MAX_VALUE;
        boolean first = habit.closed == Long.MIN_VALUE;
        List<Observation> versions = seen == null ? List.of() : seen;
        tell(
                expectations.compare(context.getCurrentKey(), start, versions, habit, !first && !last),
                time + 1,
                context,
                out);
        windows.remove(start);
        habit.closed = time + 1;
        habit.silent = seen == null ? habit.silent + 1 : 0;
        if (habit.silent * expectations.window() >= FORGOTTEN_AFTER) {
            habits.clear();
            return;
        }
        habits.update(habit);
        if (!last) {
            context.timerService().registerEventTimeTimer(time + expectations.window());
        }
    }

    private void tell(List<DriftFigure> figures, long end, Context context, Collector<DriftFigure> out) {
        for (DriftFigure figure : figures) {
            if (figure.measure().breached()) {
                breaches.get(figure.what()).inc();
            }
            if (figure.what() == What.SCORE) {
                scorePsi.add(end, figure.measure().value());
            }
            out.collect(figure);
        }
        for (Alert alert : DriftAlerts.of(figures, end)) {
            LOG.warn("{}: {}: {}", alert.tenant(), alert.title(), alert.text());
            context.output(ALERTS, alert);
        }
    }

    private static String name(What what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    /** The highest of the tenants' windows that ended last; read by the reporter's thread. */
    private static final class ScorePsi {
        private long end = Long.MIN_VALUE;
        private volatile double highest;

        void add(long windowEnd, double psi) {
            highest = windowEnd > end ? psi : Math.max(highest, psi);
            end = Math.max(end, windowEnd);
        }
    }
}
