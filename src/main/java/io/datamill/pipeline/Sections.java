package io.datamill.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** What a pipeline's file has at its top, each read on its own so that a broken one hides no other. */
record Sections(
        Node pipeline,
        Node generation,
        Node source,
        Node adapter,
        Node event,
        Node steps,
        Node sinks,
        Node rejects,
        Node ledger) {

    void reportMissing(Problems problems) {
        Map<String, Node> required = new LinkedHashMap<>();
        required.put("pipeline", pipeline);
        required.put("source", source);
        required.put("adapter", adapter);
        required.put("event", event);
        required.put("sinks", sinks);
        required.put("rejects", rejects);
        required.put("ledger", ledger);
        required.forEach((section, node) -> {
            if (node == null) {
                problems.add(section, "the section is missing");
            }
        });
    }
}
