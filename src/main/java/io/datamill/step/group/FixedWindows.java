package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.KeyedStep;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.MapState;

/** Tumbling and sliding windows, each under its start. Its timer is at its last millisecond. */
final class FixedWindows implements Windows {
    private final Contents contents;
    private final KeyedStep.Context context;
    private final MapState<Long, WindowState> open;
    private final long length;
    private final long step;

    /** Those of one event; the latest first. */
    private final WindowState[] found;

    FixedWindows(Window window, Contents contents, KeyedStep.Context context, MapState<Long, WindowState> open) {
        this.contents = contents;
        this.context = context;
        this.open = open;
        this.length = window.length();
        this.step = window.step();
        this.found = new WindowState[Math.toIntExact((length + step - 1) / step)];
    }

    @Override
    public boolean add(Event event) throws Exception, RejectedEventException {
        long time = event.header().time();
        long latest = Math.floorDiv(time, step) * step;
        int count = 0;
        for (long start = latest; start > time - length && start + length - 1 > context.watermark(); start -= step) {
            WindowState window = open.get(start);
            if (window == null) {
                window = contents.start(event, start + length);
                context.registerTimer(window.end - 1);
            }
            contents.check(window, event);
            found[count++] = window;
        }
        for (int i = 0; i < count; i++) {
            contents.add(found[i], event);
            open.put(latest - i * step, found[i]);
            found[i] = null;
        }
        return count > 0;
    }

    @Override
    public void close(long time) throws Exception {
        long start = time + 1 - length;
        WindowState window = open.get(start);
        if (window != null) {
            give(start, window);
        } else {
            closeOfAnotherLength(time);
        }
        if (open.isEmpty()) {
            open.clear(); // On the heap an emptied map would stay for ever.
        }
    }

    /** Windows that were open when the pipeline was given others, under a savepoint. */
    private void closeOfAnotherLength(long time) throws Exception {
        Map<Long, WindowState> ended = new TreeMap<>();
        for (Map.Entry<Long, WindowState> entry : open.entries()) {
            if (entry.getValue().end - 1 <= time) {
                ended.put(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<Long, WindowState> entry : ended.entrySet()) {
            give(entry.getKey(), entry.getValue());
        }
    }

    private void give(long start, WindowState window) throws Exception {
        open.remove(start);
        context.emit(contents.result(start, window));
    }
}
