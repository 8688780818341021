package io.datamill.cli;

import io.datamill.cli.explain.Explanation;
import io.datamill.cli.explain.GraphText;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a pipeline does without running it. Exit status: 0, or 1 where the file has mistakes. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Tells what a pipeline does: each step with the fields it adds (+), removes (-) or changes (~), its"
                        + " key and its state; and the operators of the Flink job.",
        footer = {
            "",
            "Needs no server. Where a source or sink refers to what is not set, its steps are explained without the job."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the pipeline's YAML file")
    private Path file;

    @Option(names = "--full", description = "Show all fields after each step.")
    private boolean full;

    @Override
    public Integer call() throws IOException {
        YamlFile.expect(file, "a pipeline's YAML file");
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Planner planner = new Planner(Catalog.STANDARD);
        try {
            Plan plan = planner.plan(file);
            out.print(new Explanation(Catalog.STANDARD, full).of(plan));
            out.print('\n' + GraphText.of(plan));
        } catch (InvalidPipelineException e) {
            try {
                out.print(new Explanation(Catalog.STANDARD, full)
                        .of(planner.trial().plan(file)));
            } catch (InvalidPipelineException worse) {
                tell(worse, err);
                return 1;
            }
            out.flush();
            err.println("The job cannot be told yet:");
            tell(e, err);
            return 1;
        }
        out.flush();
        return 0;
    }

    private void tell(InvalidPipelineException mistakes, PrintWriter err) {
        for (Problem problem : mistakes.problems()) {
            err.println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
        }
    }
}
