package io.datamill.step.group;

import io.datamill.event.Position;

/** What is held of one open window of one key; never its events. */
final class WindowState {
    final String tenant;

    /** The values of the key's fields: strings, ints, longs or booleans; enum symbols as their text. */
    final Object[] key;

    /** The first millisecond behind it. */
    long end;

    /** Of the event that arrived last. */
    Position latest;

    /** The aggregates, by {@link Aggregate#name}. */
    String[] names;

    /** What each of them holds. */
    Object[] held;

    WindowState(String tenant, Object[] key, long end, Position latest, String[] names, Object[] held) {
        this.tenant = tenant;
        this.key = key;
        this.end = end;
        this.latest = latest;
        this.names = names;
        this.held = held;
    }
}
