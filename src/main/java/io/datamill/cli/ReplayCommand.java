package io.datamill.cli;

import io.datamill.cli.replay.Replay;
import io.datamill.cli.replay.TimeOption;
import io.datamill.config.Durations;
import io.datamill.pipeline.InvalidPipelineException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs rejects, or a stretch of the raw lake, through a pipeline again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Runs rejects, or what arrived in a time, through the pipeline as it is now, into its own stores. A"
                        + " second replay changes nothing.",
        footer = {
            "",
            "Rejects: those for which the expression is true and that are open; what is not rejected again is marked.",
            "  datamill replay p.yaml --rejects \"reason == 'UNKNOWN_SCHEMA' && tenant == 'acme'\" --dry-run",
            "A range is taken from the lake of the section raw, by arrival; streams get nothing of it.",
            "  datamill replay p.yaml --from 2026-01-31T12:00:00Z --to 2026-01-31T13:00:00Z"
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline's YAML file, as it is today.")
    private Path file;

    @Option(
            names = "--rejects",
            paramLabel = "EXPRESSION",
            description = "Those open rejects of which this is true: CEL over tenant, event_id, stream, shard,"
                    + " sequence_number, part, arrival_time, step, reason, message, pipeline, id; true: all.")
    private String rejects;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "What arrived then or later: 2026-01-31T12:00:00Z or 2026-01-31, in UTC.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "And before then: let it be some minutes ago, so that the job has committed what it read.")
    private Instant to;

    @Option(names = "--dry-run", description = "Tell what would come of them, with examples, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--history",
            paramLabel = "DURATION",
            description = "Run what arrived so long before the first of them too, such as 24h, so that profiles and"
                    + " deduplicate know it; it does not land. Default: none.")
    private String history;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        YamlFile.expect(file, "a pipeline's YAML file");
        try {
            boolean range = from != null && to != null;
            if ((rejects == null) != range || (!range && (from != null || to != null))) {
                throw new IllegalArgumentException(
                        "say what to replay: --rejects EXPRESSION, or --from TIME --to TIME");
            }
            Replay replay = Replay.of(file, dryRun, duration(), out);
            if (range) {
                replay.range(from, to);
            } else {
                replay.rejects(rejects);
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            Mistakes.tell(file, e, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Duration duration() {
        try {
            return history == null ? null : Durations.parse(history);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--history " + e.getMessage(), e);
        }
    }
}
