package io.datamill.cli.cases;

import org.snakeyaml.engine.v2.nodes.Node;

/** The text of a pipeline that holds the one thing under test. */
final class CasePipeline {
    private static final String REST = """
            rejects: { s3: { path: "file:///rejects" } }
            ledger: { url: "jdbc:postgresql://localhost/none" }
            """;
    private static final String SOURCE = "source: { kinesis: { stream: none, start: latest } }\n";
    private static final String SINKS = "sinks: [ { s3: { path: \"file:///none\" } } ]\n";

    private CasePipeline() {}

    /** @throws IllegalArgumentException if it says too little */
    static String of(Case one) {
        StringBuilder text = new StringBuilder("pipeline: case\n");
        if (one.inputs() == null) {
            text.append(one.source() == null ? SOURCE : section("source", one.source()));
            text.append(adapter(one));
            text.append(one.event() == null ? event(one.time(), one.id()) : section("event", one.event()));
        } else {
            text.append("inputs:\n");
            one.inputs()
                    .forEach((name, input) -> text.append("  ")
                            .append(name)
                            .append(":\n")
                            .append((SOURCE + json(input.fields()) + event(input.time(), input.id())).indent(4)));
        }
        if (one.step() != null) {
            text.append("steps:\n").append("  -\n").append(YamlJson.yaml(one.step(), 4));
        }
        text.append(one.sink() == null ? SINKS : "sinks:\n  -\n" + YamlJson.yaml(one.sink(), 4));
        if (one.isPlanOnly() && one.rejects() != null) {
            text.append(section("rejects", one.rejects()))
                    .append(REST.lines().toList().get(1))
                    .append('\n');
        } else if (one.ledger() != null) {
            text.append(REST.lines().toList().get(0)).append('\n').append(section("ledger", one.ledger()));
        } else {
            text.append(REST)
                    .append(one.alerts() == null ? "" : section("alerts", one.alerts()))
                    .append(one.raw() == null ? "" : section("raw", one.raw()));
        }
        return text.toString();
    }

    private static String adapter(Case one) {
        if (one.adapter() != null) {
            return section("adapter", one.adapter());
        }
        if (one.fields() != null) {
            return json(one.fields());
        }
        if (one.isPlanOnly()) {
            return "adapter: { json: { fields: { id: string } } }\n";
        }
        throw new IllegalArgumentException(
                "expected 'fields' before the step, an 'adapter', or a 'pipeline' at the top of the file");
    }

    private static String json(Node fields) {
        return "adapter:\n  json:\n    fields:\n" + YamlJson.yaml(fields, 6);
    }

    /** Cases are of any time. */
    private static String event(String time, String id) {
        return "event:\n  not-before: 1970-01-01\n  ahead: 30d\n"
                + (time == null ? "" : "  time: " + time + "\n")
                + (id == null ? "" : "  id: " + id + "\n");
    }

    private static String section(String name, Node node) {
        return name + ":\n" + YamlJson.yaml(node, 2);
    }
}
