package io.datamill.cli;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Problem;
import io.datamill.step.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plans a pipeline's file without running it. Exit status: 0 valid, 1 with mistakes. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Plans a pipeline's file and tells every mistake in it, each as FILE:LINE:COLUMN: what is wrong.")
public final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the pipeline's YAML file")
    private Path file;

    private final Catalog catalog;

    /** For pipelines of all that there is. */
    public ValidateCommand() {
        this(Catalog.STANDARD);
    }

    ValidateCommand(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        YamlFile.expect(file, "a pipeline's YAML file");
        try {
            Plan plan = new Planner(catalog).plan(file);
            List<Plan.Flow> flows = Stream.of(
                            plan.inputs().stream().map(Plan.Input::flow),
                            Stream.of(plan.trunk()),
                            plan.branches().stream().map(Plan.Branch::flow))
                    .flatMap(part -> part)
                    .toList();
            long steps = flows.stream()
                    .flatMap(Plan.Flow::steps)
                    .filter(step -> step.stage() != Stage.CHECK && step.stage() != Stage.MERGE)
                    .count();
            int sinks = flows.stream().mapToInt(flow -> flow.sinks().size()).sum();
            spec.commandLine()
                    .getOut()
                    .println(file + ": pipeline " + plan.version() + " is valid: " + steps
                            + (steps == 1 ? " step, " : " steps, ") + sinks + (sinks == 1 ? " sink" : " sinks"));
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            for (Problem problem : e.problems()) {
                err.println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
