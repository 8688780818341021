package io.datamill.sink.outbox;

import java.io.Serializable;

/**
 * Everything an outbox is made from.
 *
 * @param path where the sink stands in the file, such as {@code sinks[0].postgres}; the step of its rejects
 * @param name of the box in the web UI and of the threads
 * @param pipeline name and digest of the pipeline, for its rejects
 */
public record OutboxSpec(String path, String name, String pipeline, Batching batching, StoreClient.Factory store)
        implements Serializable {}
