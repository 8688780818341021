package io.datamill.cli.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.datamill.cli.release.RowShape;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Planner;
import io.datamill.step.Planning;
import io.datamill.step.StepConfig;
import io.datamill.step.decide.Decide;
import io.datamill.step.decide.Decider;
import io.datamill.step.decide.InvalidRuleSetException;
import io.datamill.step.decide.RuleSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.core.fs.FileSystem;

/**
 * A verdict as it was recorded, and what each rule says of the event.
 *
 * @param rule what decided; null where nothing did
 * @param rules the recorded rule set; null where the rules are the pipeline's own
 * @param listEntry what was found on a list; null where nothing was
 * @param monitored null where the pipeline has no monitor mode
 * @param answers in the order in which the rules are asked; none where a list decided
 * @param problem why the rules cannot be asked again; null where they can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionTold(
        String verdict,
        String label,
        String rule,
        String rules,
        @JsonProperty("list_entry") String listEntry,
        Boolean monitored,
        List<Decider.Answer> answers,
        String problem) {

    /** Empty where the pipeline decides nothing. */
    static Optional<DecisionTold> of(Path pipeline, StoredEvent event) throws InvalidPipelineException, IOException {
        for (Map.Entry<String, StepConfig> step :
                new Planner(Catalog.STANDARD).trial().steps(pipeline).entrySet()) {
            if (step.getKey().startsWith("steps[") && step.getValue() instanceof Decide.Config config) {
                return Optional.of(of(new ServedArtifact(pipeline, step.getKey(), config), config, event));
            }
        }
        return Optional.empty();
    }

    private static DecisionTold of(ServedArtifact decide, Decide.Config config, StoredEvent event)
            throws InvalidPipelineException, IOException {
        List<Decider.Answer> answers = new ArrayList<>();
        String problem = null;
        if (event.value("list_entry") == null) {
            Schema before = new Planner(Catalog.STANDARD)
                    .before(decide.path())
                    .plan(decide.pipeline())
                    .outcome();
            try {
                answers.addAll(ask(decide, config, event, before));
            } catch (IllegalArgumentException e) {
                problem = e.getMessage();
            }
        }
        return new DecisionTold(
                text(event, "verdict"),
                text(event, "label"),
                text(event, "rule"),
                text(event, "rules"),
                text(event, "list_entry"),
                (Boolean) event.value("monitored"),
                answers,
                problem);
    }

    /** @throws IllegalArgumentException if they cannot be asked, with the reason */
    private static List<Decider.Answer> ask(
            ServedArtifact decide, Decide.Config config, StoredEvent event, Schema before) throws IOException {
        List<String> problems = new ArrayList<>();
        Schema kept = RowShape.kept(before, event.schema());
        Decider decider = config.rules() != null && config.rules().reference() != null
                ? Decider.plan(recorded(decide, text(event, "rules")), kept, problems::add)
                : config.own(new Planning(kept, (option, message) -> problems.add(option + ": " + message)));
        if (decider == null) {
            throw new IllegalArgumentException(problems.get(0));
        }
        decider.open();
        try {
            return decider.ask(new RowShape(event.schema(), kept).of(event.values()));
        } catch (RowShape.MisfitException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static RuleSet recorded(ServedArtifact decide, String identity) throws IOException {
        String version = String.valueOf(identity).replaceFirst("^.*@", "");
        String served = decide.directory().path().toString();
        for (String directory : List.of(decide.version(version), served)) {
            org.apache.flink.core.fs.Path file = new org.apache.flink.core.fs.Path(directory, RuleSet.FILE);
            FileSystem files = file.getFileSystem();
            try {
                if (files.exists(file) && RuleSet.read(directory).identity().equals(identity)) {
                    return RuleSet.read(directory);
                }
            } catch (InvalidRuleSetException e) {
                throw new IllegalArgumentException(e.mistakes().get(0), e);
            }
        }
        throw new IllegalArgumentException(identity + " is not in the directory any more");
    }

    private static String text(StoredEvent event, String field) {
        Object value = event.value(field);
        return value == null ? null : value.toString();
    }
}
