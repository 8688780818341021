package io.datamill.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.release.Backtest;
import io.datamill.cli.release.BacktestText;
import io.datamill.cli.release.Gate;
import io.datamill.cli.release.LimitsFile;
import io.datamill.cli.release.Served;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.release.ServedArtifact.What;
import io.datamill.cli.release.Version;
import io.datamill.cli.training.RetainedOptions;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.score.ArtifactJson;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a model or rules serve, if they are not worse than what serves. Exit status: 1 where they are refused. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Backtests a model or a rule set on events that were kept, beside what serves now, and lets it"
                + " serve if it holds every limit. A running job changes to it without a restart.",
        footer = {"", "Figures, limits and what happens in the job: docs/releases.md"})
public final class PromoteCommand implements Callable<Integer> {
    /** The job looks every second; it has to know of the change before the first event that it is for. */
    static final long AHEAD_SECONDS = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's YAML file.")
    private Path pipeline;

    @ArgGroup(multiplicity = "1")
    private Candidate candidate;

    @Mixin
    private RetainedOptions retained;

    @Option(names = "--limits", paramLabel = "FILE", description = "YAML of the limits. Default: the standard ones.")
    private Path limits;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Serve events that arrive from then on, such as 2026-01-31T12:00:00Z. Default: in 5 seconds.")
    private Instant from;

    @Option(
            names = "--shadow",
            description = "Let the model score beside the one that serves, without any effect; at most 3 do. Needs no"
                    + " backtest.")
    private boolean shadow;

    @Option(names = "--dry-run", description = "Only backtest.")
    private boolean dryRun;

    @Option(
            names = "--step",
            paramLabel = "PATH",
            description = "The step, such as steps[6], where several have a directory of that kind.")
    private String step;

    @Option(names = "--json", description = "Print one JSON line instead of a table.")
    private boolean json;

    /** What is to serve. */
    static final class Candidate {
        @Option(names = "--model", required = true, paramLabel = "DIR", description = "The directory of a model.")
        private String model;

        @Option(names = "--rules", required = true, paramLabel = "DIR", description = "The directory of a rule set.")
        private String rules;

        What what() {
            return model == null ? What.RULES : What.MODEL;
        }

        String directory() {
            return model == null ? rules : model;
        }
    }

    @Override
    public Integer call() throws Exception {
        YamlFile.expect(pipeline, "a pipeline's YAML file");
        try {
            check();
            Served served = Served.read(ServedArtifact.find(pipeline, candidate.what(), step));
            Version version = Version.read(candidate.what(), candidate.directory());
            served.check(version);
            if (version.id().equals(served.champion())) {
                throw new IllegalArgumentException(version + " serves already");
            }
            return shadow ? challenge(served, version) : promote(served, version);
        } catch (InvalidPipelineException e) {
            Mistakes.tell(pipeline, e, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (InvalidArtifactException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void check() {
        if (shadow && candidate.what() == What.RULES) {
            throw new IllegalArgumentException(
                    "--shadow: only models score in the shadow; rules are tried with `monitor` of decide");
        }
        if (!shadow && !retained.areGiven()) {
            throw new IllegalArgumentException(
                    "a backtest needs --input PATH and --label FIELD (and --labels PATH where the events have none)");
        }
    }

    private int challenge(Served served, Version version) throws Exception {
        Backtest.check(served.artifact(), candidate.directory());
        if (!dryRun) {
            served.challenge(version);
        }
        if (json) {
            ObjectNode line = told(served, version).put("shadow", true).put("written", !dryRun);
            spec.commandLine().getOut().println(line);
            return CommandLine.ExitCode.OK;
        }
        tell(version + (dryRun ? " can score" : " scores") + " in the shadow, beside " + served.champion());
        tellUnseen(served);
        return CommandLine.ExitCode.OK;
    }

    private int promote(Served served, Version version) throws Exception {
        LimitsFile asked = asked();
        if (asked == null) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        Backtest backtest =
                Backtest.run(served.artifact(), served.championDirectory(), candidate.directory(), retained.open());
        List<Gate.Breach> breaches = Gate.judge(backtest, asked);
        if (!json) {
            tell((served.champion() == null ? "nothing serves" : served.champion() + " serves") + "; candidate "
                    + version);
            spec.commandLine().getOut().print(BacktestText.of(backtest, asked, limits != null));
            spec.commandLine().getOut().flush();
        }
        Instant begin = null;
        if (breaches.isEmpty() && !dryRun) {
            begin = from == null
                    ? Instant.now().plusSeconds(AHEAD_SECONDS).truncatedTo(ChronoUnit.MILLIS)
                    : from.truncatedTo(ChronoUnit.MILLIS);
            served.promote(version, begin);
        }
        if (json) {
            ObjectNode line = told(served, version).put("written", begin != null);
            line.put("from", begin == null ? null : begin.toString());
            line.set("backtest", ArtifactJson.tree(backtest));
            line.set("limits", ArtifactJson.tree(asked));
            line.set("refused", ArtifactJson.tree(breaches));
            spec.commandLine().getOut().println(line);
        } else {
            tell(served, version, breaches, begin);
        }
        return breaches.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Null where the file has mistakes, which have been told. */
    private LimitsFile asked() throws Exception {
        if (limits == null) {
            return LimitsFile.standard(candidate.what());
        }
        YamlFile.expect(limits, "a YAML file of limits");
        try {
            return LimitsFile.read(limits, candidate.what());
        } catch (InvalidPipelineException e) {
            Mistakes.tell(limits, e, spec.commandLine().getErr());
            return null;
        }
    }

    private void tell(Served served, Version version, List<Gate.Breach> breaches, Instant begin) {
        if (!breaches.isEmpty()) {
            breaches.forEach(breach -> spec.commandLine().getErr().println("refused: " + breach));
        } else if (begin == null) {
            tell(version + " holds every limit; nothing is written");
        } else {
            tell(version + " serves events that arrive from " + begin + " on");
            tellUnseen(served);
        }
    }

    private void tellUnseen(Served served) {
        if (served.isUnseen() && !dryRun) {
            tell("the directory had no current.json before: a job that was started without one has to be restarted");
        }
    }

    private ObjectNode told(Served served, Version version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("step", served.artifact().path())
                .put("serves", served.champion())
                .put("candidate", version.toString());
    }

    private void tell(String line) {
        spec.commandLine().getOut().println(line);
    }
}
