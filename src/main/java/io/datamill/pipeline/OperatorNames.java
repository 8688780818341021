package io.datamill.pipeline;

import io.datamill.pipeline.Pipeline.BranchSpec;
import io.datamill.pipeline.Pipeline.InputSpec;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.step.Stage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names that a file chooses for its inputs, branches and sinks become part of the operators' uids, under which state
 * is found again: no two may make the same.
 */
final class OperatorNames {
    private static final String STAGES =
            Arrays.stream(Stage.values()).map(Stage::operatorName).collect(Collectors.joining("|"));

    /** The trunk's own operators, and what stands in front of the ids of steps and the names of stores of rejects. */
    private static final Pattern RESERVED = Pattern.compile(
            "source|adapter|outcome|(" + STAGES + ")(-\\d+)?|step-.*|rejects(-.*)?|ledger(-.*)?|drift(-.*)?|raw(-.*)?");

    /** A second operator of a stage is numbered. */
    private static final Pattern NUMBERED = Pattern.compile("((?:.*-)?(?:" + STAGES + "))-\\d+");

    private final Problems problems;
    private final Map<String, String> taken = new HashMap<>();

    OperatorNames(Problems problems) {
        this.problems = problems;
    }

    void check(Pipeline pipeline) {
        for (InputSpec input : pipeline.inputs()) {
            if (!input.name().isEmpty()) {
                flow(input.name(), input.path());
                take("source-" + input.name(), input.path());
                take("adapter-" + input.name(), input.path());
            }
        }
        for (BranchSpec branch : pipeline.branches()) {
            flow(branch.name(), branch.path());
            take("when-" + branch.name(), branch.path());
        }
        sinks(pipeline.sinks());
        pipeline.inputs().forEach(input -> sinks(input.sinks()));
        pipeline.branches().forEach(branch -> sinks(branch.sinks()));
    }

    private void flow(String name, String path) {
        for (Stage stage : Stage.values()) {
            take(name + '-' + stage.operatorName(), path);
        }
    }

    private void sinks(List<SinkSpec> sinks) {
        for (SinkSpec sink : sinks) {
            for (String uid : List.of(sink.id(), sink.id() + "-render", "when-" + sink.id(), "fields-" + sink.id())) {
                take(uid, Problems.below(sink.path(), "id"));
            }
        }
    }

    private void take(String uid, String path) {
        String name = NUMBERED.matcher(uid).replaceFirst("$1");
        String other = RESERVED.matcher(name).matches() ? "the pipeline itself" : taken.putIfAbsent(name, path);
        if (other != null && !other.equals(path)) {
            problems.addOnce(
                    path,
                    "would give an operator the name '" + name + "', which is one of " + other + "; choose another");
        }
    }
}
