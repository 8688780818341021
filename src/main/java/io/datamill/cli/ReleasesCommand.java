package io.datamill.cli;

import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.release.VersionList;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.artifact.InvalidArtifactException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the versions of a pipeline's models and rules. */
@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        description = "Lists the versions of a pipeline's models and rule sets: which serves, since when, and which"
                + " score in the shadow.")
public final class ReleasesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path pipeline;

    @Override
    public Integer call() throws Exception {
        YamlFile.expect(pipeline, "a pipeline's YAML file");
        try {
            List<ServedArtifact> artifacts = ServedArtifact.all(pipeline);
            if (artifacts.isEmpty()) {
                throw new IllegalArgumentException(pipeline
                        + ": no step has a directory of models or rules, such as `score: { model: DIR, as: trust }`");
            }
            for (ServedArtifact artifact : artifacts) {
                spec.commandLine().getOut().print(VersionList.of(artifact, Instant.now()));
            }
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            Mistakes.tell(pipeline, e, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InvalidArtifactException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
