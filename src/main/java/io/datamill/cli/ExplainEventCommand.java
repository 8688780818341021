package io.datamill.cli;

import io.datamill.cli.event.EventPage;
import io.datamill.cli.event.EventTold;
import io.datamill.cli.event.StoredEvent;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.InvalidModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how one event came to its score and its verdict. Exit status: 1 where there is no such event. */
@Command(
        name = "explain-event",
        mixinStandardHelpOptions = true,
        description = "Tells one stored event's way: where it is from, what the model read, what each feature added to"
                + " the score, and which rule decided. The score is computed again by the version that gave it.")
public final class ExplainEventCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path pipeline;

    @Option(
            names = "--input",
            arity = "1..*",
            required = true,
            paramLabel = "PATH",
            description = "Where the event was kept, such as the lake's scored/: Parquet, Avro or CSV files, or"
                    + " directories of them.")
    private List<String> input = List.of();

    @Option(names = "--id", required = true, paramLabel = "EVENT_ID", description = "The event's id.")
    private String id = "";

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Its tenant, where several have such an id.")
    private String tenant;

    @Option(names = "--shap", description = "Show exact Shapley values of trees too: a millisecond for 200 trees.")
    private boolean shap;

    @Option(names = "--json", description = "Print one JSON line instead of a page.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        YamlFile.expect(pipeline, "a pipeline's YAML file");
        try {
            StoredEvent event = StoredEvent.find(RetainedEvents.of(input), id, tenant);
            EventTold told = EventTold.of(pipeline, event, shap);
            spec.commandLine().getOut().print(json ? ArtifactJson.tree(told) + "\n" : EventPage.of(told));
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            Mistakes.tell(pipeline, e, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InvalidModelException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
