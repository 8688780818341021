package io.datamill.cli;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Problem;
import io.datamill.step.fitted.FittedConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns the parameters of a pipeline's fitted steps. Exit status: 0, 1 for mistakes, 2 if a run fails. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Learns the parameters of a pipeline's fitted steps from a sample, one after the other, each from"
                + " what the steps before it give, and writes DIR/NAME for each, where NAME is the file name of the"
                + " step's 'fitted'. The same sample gives the same bytes.",
        footer = {"", "One line for each step: verb, path, rows of the sample, version, file."})
public final class FitCommand implements Callable<Integer> {
    /** Of the steps that stand in the trunk. */
    private static final String OWN = "steps[";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the pipeline's YAML file")
    private Path file;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "[NAME=]PATH",
            description = "A file of records, .gz too, or a directory of them; with NAME for one of several inputs.")
    private List<String> inputs = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go; made if need be.")
    private Path out = Path.of("");

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "Fit this step only: steps[2], its verb or its file's name. Those before it must be fitted.")
    private String step;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        YamlFile.expect(file, "a pipeline's YAML file");
        try {
            Planner planner = new Planner(Catalog.STANDARD).trial();
            Map<String, FittedConfig> steps = fitted(planner);
            try (FitRun run = new FitRun(planner, file, inputs, out)) {
                for (Map.Entry<String, FittedConfig> entry : steps.entrySet()) {
                    FitRun.Result result = run.fit(entry.getKey(), entry.getValue());
                    spec.commandLine().getOut().println(entry.getValue().verb() + ' ' + entry.getKey() + ' ' + result);
                    if (result.rejected() > 0) {
                        err.println(entry.getKey() + ": " + result.rejected()
                                + " events of the sample were rejected before it; see `datamill try --rejects`");
                    }
                }
            }
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            for (Problem problem : e.problems()) {
                err.println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The steps to fit, by path, in their order. */
    private Map<String, FittedConfig> fitted(Planner planner) throws Exception {
        Map<String, FittedConfig> all = new LinkedHashMap<>();
        planner.steps(file).forEach((path, config) -> {
            if (config instanceof FittedConfig fitted && fitted.fitted() != null) {
                all.put(path, fitted);
            }
        });
        Map<String, FittedConfig> asked = new LinkedHashMap<>(all);
        asked.entrySet().removeIf(entry -> step != null && !isCalled(step, entry.getKey(), entry.getValue()));
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(
                    step == null
                            ? file + " has no step that is fitted"
                            : "no fitted step '" + step + "'; there is " + String.join(", ", all.keySet()));
        }
        refuseOthers(asked);
        return asked;
    }

    private static boolean isCalled(String name, String path, FittedConfig config) {
        return List.of(path, path.substring(0, path.lastIndexOf('.')), config.verb(), FitRun.fileName(config))
                .contains(name);
    }

    private static void refuseOthers(Map<String, FittedConfig> steps) {
        List<String> elsewhere = new ArrayList<>(steps.keySet());
        elsewhere.removeIf(path -> path.startsWith(OWN));
        if (!elsewhere.isEmpty()) {
            throw new IllegalArgumentException(elsewhere.get(0)
                    + ": only the pipeline's own steps can be fitted, not those of an input or branch; name one with"
                    + " --step");
        }
        Map<String, String> names = new HashMap<>();
        steps.forEach((path, config) -> {
            String other = names.put(FitRun.fileName(config), path);
            if (other != null) {
                throw new IllegalArgumentException(
                        other + " and " + path + " would both be written to " + FitRun.fileName(config));
            }
        });
    }
}
