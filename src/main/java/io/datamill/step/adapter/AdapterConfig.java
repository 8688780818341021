package io.datamill.step.adapter;

import java.util.function.BiConsumer;

/** The options of one adapter as written, valid in themselves. */
public interface AdapterConfig {

    /**
     * Finds out what the adapter gives.
     *
     * @param problems takes the path of the option below the adapter and the message
     * @return the adapter, or null where a problem was reported
     */
    Adapter plan(BiConsumer<String, String> problems);
}
