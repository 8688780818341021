package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.KeyedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * Sessions, each under its start. An event's session is from its time until the pause has gone by; those that overlap are
 * one. A session has a timer at the end it was opened with, which moves when it is reached and the session goes on.
 */
final class SessionWindows implements Windows {
    private final Contents contents;
    private final KeyedStep.Context context;
    private final MapState<Long, WindowState> open;
    private final long pause;

    private record Session(long start, WindowState state) {}

    SessionWindows(Window window, Contents contents, KeyedStep.Context context, MapState<Long, WindowState> open) {
        this.contents = contents;
        this.context = context;
        this.open = open;
        this.pause = window.length();
    }

    @Override
    public boolean add(Event event) throws Exception, RejectedEventException {
        long time = event.header().time();
        List<Session> met = new ArrayList<>(2);
        for (Map.Entry<Long, WindowState> entry : open.entries()) {
            if (entry.getKey() < time + pause && time < entry.getValue().end) {
                met.add(new Session(entry.getKey(), entry.getValue()));
            }
        }
        if (met.isEmpty()) {
            return open(event, time);
        }
        Session first = met.get(0);
        for (Session session : met) {
            contents.check(session.state, event);
            first = session.start < first.start ? session : first;
        }
        WindowState merged = first.state;
        for (Session session : met) {
            open.remove(session.start);
            if (session != first) {
                contents.merge(merged, session.state);
                merged.end = Math.max(merged.end, session.state.end);
            }
        }
        merged.end = Math.max(merged.end, time + pause);
        contents.add(merged, event);
        open.put(Math.min(first.start, time), merged);
        return true;
    }

    private boolean open(Event event, long time) throws Exception, RejectedEventException {
        if (time + pause - 1 <= context.watermark()) {
            return false;
        }
        WindowState opened = contents.start(event, time + pause);
        contents.check(opened, event);
        contents.add(opened, event);
        open.put(time, opened);
        context.registerTimer(opened.end - 1);
        return true;
    }

    @Override
    public void close(long time) throws Exception {
        List<Session> ended = new ArrayList<>(1);
        boolean left = false;
        for (Map.Entry<Long, WindowState> entry : open.entries()) {
            WindowState state = entry.getValue();
            if (state.end - 1 <= time) {
                ended.add(new Session(entry.getKey(), state));
            } else {
                left = true;
                context.registerTimer(state.end - 1);
            }
        }
        for (Session session : ended) {
            open.remove(session.start);
            context.emit(contents.result(session.start, session.state));
        }
        if (!left) {
            open.clear(); // On the heap an emptied map would stay for ever.
        }
    }
}
