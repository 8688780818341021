package io.datamill.cli.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * One event's way through a pipeline, as it was recorded.
 *
 * @param pipeline as it is now; {@code lineage.pipeline} says which one it was
 * @param lineage what the lake has recorded of where it is from; empty elsewhere
 * @param fields those that the models read
 * @param profile those that profiles have added
 * @param decision null where the pipeline has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventTold(
        String tenant,
        String id,
        String pipeline,
        ObjectNode lineage,
        ObjectNode fields,
        ObjectNode profile,
        List<ScoreTold> scores,
        DecisionTold decision) {

    /**
     * @param shap whether the exact Shapley values are computed
     * @throws InvalidModelException if the recorded version is there and is broken
     */
    public static EventTold of(Path pipeline, StoredEvent event, boolean shap)
            throws InvalidPipelineException, IOException, InvalidModelException {
        Plan plan = new Planner(Catalog.STANDARD).trial().plan(pipeline);
        List<ScoreTold> scores = new ArrayList<>();
        for (ServedArtifact artifact : ServedArtifact.all(pipeline)) {
            if (artifact.config() instanceof Score.Config config
                    && event.value(config.as()) instanceof IndexedRecord stored) {
                try (RecordedModels models = new RecordedModels(artifact, event.schema())) {
                    scores.add(ScoreTold.of(config.as(), stored, event.values(), models, shap));
                }
            }
        }
        Set<String> profiled = profiled(plan);
        Set<String> read = new TreeSet<>();
        scores.stream()
                .filter(score -> score.again() != null)
                .forEach(score -> read.addAll(score.again().reads()));
        read.removeAll(profiled);
        ObjectNode all = event.json();
        JsonNode lineage = all.path("lineage");
        return new EventTold(
                event.tenant(),
                event.id(),
                plan.version().toString(),
                lineage instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode(),
                all.deepCopy().retain(read),
                all.deepCopy().retain(profiled),
                scores,
                DecisionTold.of(pipeline, event).orElse(null));
    }

    /** The fields that steps of the trunk add which remember what came before. */
    private static Set<String> profiled(Plan plan) {
        Set<String> added = new TreeSet<>();
        Schema before = plan.trunk().input();
        for (PlannedStep step : plan.trunk().steps().toList()) {
            if (step.stage() == Stage.PROFILE) {
                for (Schema.Field field : step.output().getFields()) {
                    if (before.getField(field.name()) == null) {
                        added.add(field.name());
                    }
                }
            }
            before = step.output();
        }
        return added;
    }
}
