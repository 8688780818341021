package io.datamill.sink;

import java.util.Map;

/** The one list of sinks: the name in the YAML and the record its options bind to. */
public final class Sinks {
    public static final Map<String, Class<? extends SinkConfig>> ALL = Map.of();

    /** The stores that take rejects. */
    public static final Map<String, Class<? extends Record>> REJECTS = Map.of();

    private Sinks() {}
}
