package io.datamill.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a pipeline's file has at its top, each read on its own so that a broken one hides no other. A file has either
 * {@code inputs} or the sections of one.
 */
record Sections(
        Node pipeline,
        Node generation,
        Node source,
        Node adapter,
        Node event,
        Node inputs,
        Node steps,
        Node sinks,
        Node branches,
        Node rejects,
        Node ledger) {

    /** What an input has. */
    record InputSections(Node source, Node adapter, Node event, Node steps) {
        void reportMissing(String path, Extent extent, Problems problems) {
            Map<String, Node> required = new LinkedHashMap<>();
            if (!extent.trial()) {
                required.put("source", source);
            }
            required.put("adapter", adapter);
            required.put("event", event);
            missing(required, path, problems);
        }
    }

    /** What a branch has. */
    record BranchSections(String when, Node steps, Node sinks) {}

    void reportMissing(Extent extent, Problems problems) {
        Map<String, Node> required = new LinkedHashMap<>();
        required.put("pipeline", pipeline);
        missing(required, "", problems);
        if (inputs == null) {
            new InputSections(source, adapter, event, null).reportMissing("", extent, problems);
        } else {
            refuseBesideInputs(problems);
        }
        if (extent.trial()) {
            return;
        }
        required.clear();
        if (branches == null) {
            required.put("sinks", sinks);
        }
        required.put("rejects", rejects);
        required.put("ledger", ledger);
        missing(required, "", problems);
    }

    private void refuseBesideInputs(Problems problems) {
        Map<String, Node> twice = new LinkedHashMap<>();
        twice.put("source", source);
        twice.put("adapter", adapter);
        twice.put("event", event);
        twice.forEach((section, node) -> {
            if (node != null) {
                problems.add(
                        section, "stands beside inputs: it belongs to one of them, such as inputs.NAME." + section);
            }
        });
    }

    private static void missing(Map<String, Node> required, String path, Problems problems) {
        required.forEach((section, node) -> {
            if (node == null) {
                problems.add(Problems.below(path, section), "the section is missing");
            }
        });
    }
}
