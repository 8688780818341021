package io.datamill.cli;

import io.datamill.cli.release.Served;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.release.ServedArtifact.What;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets the version serve again that served before. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Lets the version of a model or rule set serve again that served before, at once and without a"
                + " backtest. A running job changes to it without a restart; nothing is deleted.")
public final class RollbackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path pipeline;

    @ArgGroup(multiplicity = "0..1")
    private Kind kind;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "Another version of the directory. Default: the one that served before the present one.")
    private String to;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Serve events that arrive from then on, such as 2026-01-31T12:00:00Z. Default: in 5 seconds.")
    private Instant from;

    @Option(
            names = "--shadow",
            paramLabel = "VERSION",
            description = "Only stop this version from scoring in the shadow.")
    private String shadow;

    @Option(
            names = "--step",
            paramLabel = "PATH",
            description = "The step, such as steps[6], where several have a directory of that kind.")
    private String step;

    /** What goes back. */
    static final class Kind {
        @Option(names = "--model", required = true, description = "The model; to be said where rules are served too.")
        private boolean model;

        @Option(names = "--rules", required = true, description = "The rules; to be said where a model is served too.")
        private boolean rules;

        /** Null where nobody has said. */
        What what() {
            return model ? What.MODEL : rules ? What.RULES : null;
        }
    }

    @Override
    public Integer call() throws Exception {
        YamlFile.expect(pipeline, "a pipeline's YAML file");
        try {
            What what = kind == null ? null : kind.what();
            Served served = Served.read(ServedArtifact.find(pipeline, what, step));
            if (shadow != null) {
                served.withdraw(shadow);
                tell(shadow + " does not score in the shadow any more");
                return CommandLine.ExitCode.OK;
            }
            Instant begin = (from == null ? Instant.now().plusSeconds(PromoteCommand.AHEAD_SECONDS) : from)
                    .truncatedTo(ChronoUnit.MILLIS);
            Pointer next = served.rollBack(to, begin);
            tell(next.champion() + " serves again events that arrive from " + begin + " on, instead of "
                    + served.champion());
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            Mistakes.tell(pipeline, e, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InvalidArtifactException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void tell(String line) {
        spec.commandLine().getOut().println(line);
    }
}
