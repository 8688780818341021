package io.datamill.cli.release;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Planner;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.decide.Decide;
import io.datamill.step.score.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The steps of a pipeline that a new model or new rules have a say in: from the step that runs them, or for rules from
 * the score where the events have none, up to the first decision.
 *
 * @param before the schema before the first of them, less the fields that the events have not kept
 * @param steps their options by path, in their order
 */
record Stretch(ServedArtifact artifact, Schema before, Map<String, StepConfig> steps) {

    /** @param rows what the events have; null: everything that the pipeline gives them */
    static Stretch of(ServedArtifact artifact, Schema rows) throws InvalidPipelineException, IOException {
        Planner planner = new Planner(Catalog.STANDARD).trial();
        Map<String, StepConfig> own = new LinkedHashMap<>(planner.steps(artifact.pipeline()));
        own.keySet().removeIf(path -> !path.startsWith(ServedArtifact.OWN));
        String first = first(artifact, own, rows);
        Map<String, StepConfig> steps = new LinkedHashMap<>();
        boolean within = false;
        boolean decided = own.values().stream().noneMatch(Decide.Config.class::isInstance);
        for (Map.Entry<String, StepConfig> step : own.entrySet()) {
            within |= step.getKey().equals(first);
            if (within && (!decided || step.getKey().equals(artifact.path()))) {
                steps.put(step.getKey(), step.getValue());
                decided |= step.getValue() instanceof Decide.Config;
            }
        }
        Schema before = planner.before(first).plan(artifact.pipeline()).outcome();
        return new Stretch(artifact, rows == null ? before : RowShape.kept(before, rows), steps);
    }

    private static String first(ServedArtifact artifact, Map<String, StepConfig> own, Schema rows) {
        if (artifact.what() == ServedArtifact.What.RULES && rows != null) {
            for (Map.Entry<String, StepConfig> step : own.entrySet()) {
                if (step.getKey().equals(artifact.path())) {
                    break;
                }
                if (step.getValue() instanceof Score.Config score && rows.getField(score.as()) == null) {
                    return step.getKey();
                }
            }
        }
        return artifact.path();
    }

    /**
     * The steps, ready to run.
     *
     * @param instead the options of the artifact's step
     * @throws IllegalArgumentException if a step does not fit the events, or cannot run without a stream
     */
    Replay plan(StepConfig instead) throws Exception {
        List<StatelessStep> planned = new ArrayList<>();
        Schema schema = before;
        for (Map.Entry<String, StepConfig> step : steps.entrySet()) {
            String path = step.getKey();
            List<String> problems = new ArrayList<>();
            Planning planning =
                    new Planning(schema, (option, problem) -> problems.add(path + '.' + option + ": " + problem));
            Step made = (path.equals(artifact.path()) ? instead : step.getValue()).plan(planning);
            if (!problems.isEmpty()) {
                String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
                throw new IllegalArgumentException(problems.get(0) + more);
            }
            if (!(made instanceof StatelessStep stateless)) {
                throw new IllegalArgumentException(
                        path + ": it stands before the decision and has a state: stored events cannot pass it again");
            }
            planned.add(stateless);
            schema = ReaderSchemas.withJavaStrings(planning.output());
        }
        String score = artifact.config() instanceof Score.Config config ? config.as() : null;
        return Replay.open(planned, schema, score);
    }
}
