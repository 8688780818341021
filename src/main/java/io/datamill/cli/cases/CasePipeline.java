package io.datamill.cli.cases;

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
        text.append(one.source() == null ? SOURCE : section("source", one.source()));
        text.append(adapter(one));
        text.append(event(one));
        if (one.step() != null) {
            text.append("steps:\n").append("  -\n").append(YamlJson.yaml(one.step(), 4));
        }
        text.append(one.sink() == null ? SINKS : "sinks:\n  -\n" + YamlJson.yaml(one.sink(), 4));
        if (one.isPlanOnly() && one.rejects() != null) {
            text.append(section("rejects", one.rejects())).append(REST.lines().toList().get(1)).append('\n');
        } else if (one.ledger() != null) {
            text.append(REST.lines().toList().get(0)).append('\n').append(section("ledger", one.ledger()));
        } else {
            text.append(REST);
        }
        return text.toString();
    }

    private static String adapter(Case one) {
        if (one.adapter() != null) {
            return section("adapter", one.adapter());
        }
        if (one.fields() != null) {
            return "adapter:\n  json:\n    fields:\n" + YamlJson.yaml(one.fields(), 6);
        }
        if (one.isPlanOnly()) {
            return "adapter: { json: { fields: { id: string } } }\n";
        }
        throw new IllegalArgumentException(
                "expected 'fields' before the step, an 'adapter', or a 'pipeline' at the top of the file");
    }

    /** Examples are of any time. */
    private static String event(Case one) {
        if (one.event() != null) {
            return section("event", one.event());
        }
        return "event:\n  not-before: 1970-01-01\n  ahead: 30d\n"
                + (one.time() == null ? "" : "  time: " + one.time() + "\n")
                + (one.id() == null ? "" : "  id: " + one.id() + "\n");
    }

    private static String section(String name, org.snakeyaml.engine.v2.nodes.Node node) {
        return name + ":\n" + YamlJson.yaml(node, 2);
    }
}
