package io.datamill.cli;

import io.datamill.cli.local.InputFiles;
import io.datamill.cli.local.JsonLines;
import io.datamill.cli.local.LocalOutput;
import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Reject;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Problem;
import io.datamill.source.Records;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a pipeline's real plan over files, without any server. Exit status: 0, 1 for mistakes, 2 if the run fails. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = "Runs a pipeline over files on a Flink of this process, without any server.",
        footer = {
            "",
            "One outcome per line as JSON; on standard error one JSON line of what came of the events: in, out,",
            "filtered, duplicate, rejected, late, absorbed (by a group or join), the rejects' reasons, seconds."
        })
public final class TryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the pipeline's YAML file")
    private Path file;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "[NAME=]PATH",
            description = "A file of records, .gz too, or a directory of them; with NAME for one of several inputs.")
    private List<String> inputs;

    @Option(names = "--output", description = "Where outcomes go. Default: standard output.")
    private Path output;

    @Option(names = "--rejects", description = "Where rejects go, with their reasons. Default: they are counted only.")
    private Path rejects;

    @Option(
            names = "--until",
            paramLabel = "STEP",
            description = "Stop behind this step: steps[2], its verb or its id.")
    private String until;

    @Option(names = "--branch", description = "Give the outcomes of this branch instead of the pipeline's own.")
    private String branch = "";

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        YamlFile.expect(file, "a pipeline's YAML file");
        Planner planner = new Planner(Catalog.STANDARD);
        try {
            Plan plan = (until == null ? planner.trial() : planner.until(until)).plan(file);
            run(plan, InputFiles.of(plan, inputs), schema(plan));
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            for (Problem problem : e.problems()) {
                err.println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Of the outcomes that are asked for. */
    private Schema schema(Plan plan) {
        Plan.Flow flow = plan.ends().get(branch);
        if (flow == null && plan.ends().size() == 1) {
            throw new IllegalArgumentException("no branch '" + branch + "'; the pipeline has no branches");
        }
        if (flow == null) {
            throw new IllegalArgumentException("no branch '" + branch + "'; there is "
                    + plan.ends().keySet().stream()
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.joining(", ")));
        }
        return flow.output();
    }

    private void run(Plan plan, Map<String, List<Records>> records, Schema schema) throws Exception {
        PrintWriter outcomes = output == null ? spec.commandLine().getOut() : open(output);
        PrintWriter refused = rejects == null ? new PrintWriter(Writer.nullWriter()) : open(rejects);
        try (LocalRun run = LocalRun.start()) {
            Lines lines = new Lines(new JsonLines(schema), outcomes, refused);
            LocalSummary summary = run.run(plan, records, lines);
            // Whoever looks at the first outcomes only, as with head, is told of all.
            spec.commandLine().getErr().println(summary(summary, lines.reasons));
            end(outcomes, output);
            end(refused, rejects);
        }
    }

    private static PrintWriter open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new NoSuchFileException(path.toString(), null, "no directory " + directory);
        }
        return new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
    }

    private static void end(PrintWriter writer, Path file) throws IOException {
        writer.flush();
        if (file != null) {
            writer.close();
        }
        if (writer.checkError()) {
            throw new IOException("cannot write to " + (file == null ? "standard output" : file));
        }
    }

    private static String summary(LocalSummary summary, Map<String, Long> reasons) {
        StringBuilder json = new StringBuilder("{");
        for (Fate fate : Fate.values()) {
            json.append('"')
                    .append(fate.name().toLowerCase(Locale.ROOT))
                    .append("\":")
                    .append(summary.count(fate))
                    .append(',');
        }
        String told = reasons.entrySet().stream()
                .map(reason -> '"' + reason.getKey() + "\":" + reason.getValue())
                .collect(Collectors.joining(","));
        return json.append(String.format(Locale.ROOT, "\"reasons\":{%s},\"seconds\":%.1f}", told, summary.seconds()))
                .toString();
    }

    /** Writes what the run gives; reasons are codes in upper case. */
    private final class Lines implements LocalOutput {
        private final JsonLines json;
        private final PrintWriter outcomes;
        private final PrintWriter refused;
        private final Map<String, Long> reasons = new TreeMap<>();

        Lines(JsonLines json, PrintWriter outcomes, PrintWriter refused) {
            this.json = json;
            this.outcomes = outcomes;
            this.refused = refused;
        }

        @Override
        public void outcome(String of, Event event) {
            if (of.equals(branch)) {
                write(json.outcome(event), outcomes);
            }
        }

        @Override
        public void reject(Reject reject) {
            reasons.merge(reject.cause().reason(), 1L, Long::sum);
            write(json.reject(reject), refused);
        }

        private static void write(byte[] line, PrintWriter to) {
            to.write(new String(line, StandardCharsets.UTF_8));
            to.write('\n');
        }
    }
}
