package io.datamill.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The ids of stateful steps: state is found again under them, so each is there, well-formed and the only one. */
final class Ids {
    static final String FORM = "[a-z][a-z0-9-]{0,62}";

    private final Problems problems;
    private final Map<String, String> taken = new HashMap<>();

    Ids(Problems problems) {
        this.problems = problems;
    }

    /** Checks the id of a step whose options have one. */
    void check(String step, Class<?> config) {
        if (!Construction.options(config).contains("id")) {
            return;
        }
        String path = Problems.below(step, "id");
        Optional<Node> node = problems.node(path);
        if (node.isEmpty()) {
            problems.addOnce(path, "is required: the step's state is kept under it");
            return;
        }
        String id = Binder.text(node.get());
        check(id, path, problems);
        String first = taken.putIfAbsent(id, step);
        if (first != null) {
            problems.add(path, "'" + id + "' is the id of " + first + " already; state is kept under it");
        }
    }

    static void check(String name, String path, Problems problems) {
        if (!name.matches(FORM)) {
            problems.addOnce(
                    path, "expected 1 to 63 of a-z, 0-9 and '-', beginning with a letter, but read '" + name + "'");
        }
    }
}
