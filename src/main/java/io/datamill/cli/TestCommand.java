package io.datamill.cli;

import io.datamill.cli.cases.CaseRunner;
import io.datamill.cli.cases.CaseRunner.Result;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs test cases for pipelines. Exit status: 0 all hold, 1 if one does not or a file is wrong. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs the cases of files in YAML, each on the real plan of a pipeline or of one step, without any"
                + " server, and tells what is not as expected.",
        footer = {
            "",
            "A file of cases, for example:",
            "  pipeline: ../pipelines/edits.yaml",
            "  env: { LIST: ../lists/bots.csv }",
            "  cases:",
            "    - name: a bot is dropped",
            "      input: { page: Main, user: PereBot, bot: true }",
            "      output: []",
            "      summary: { in: 1, filtered: 1 }",
            "    - name: one step alone",
            "      step: { filter: \"size > 1\" }",
            "      fields: { size: int }",
            "      input: [ { size: 1 }, { size: 2 } ]",
            "      output: { size: 2 }",
            "",
            "All of it: docs/testing-pipelines.md"
        })
public final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "files of cases")
    private List<Path> files;

    private int ok;
    private int failed;
    private int unreadable;

    @Override
    public Integer call() throws Exception {
        for (Path file : files) {
            YamlFile.expect(file, "a file of cases");
        }
        try (CaseRunner runner = new CaseRunner(Catalog.STANDARD)) {
            for (Path file : files) {
                run(file, runner);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println((ok + failed) + (ok + failed == 1 ? " case: " : " cases: ") + ok + " ok, " + failed + " failed");
        return failed + unreadable == 0 ? 0 : 1;
    }

    private void run(Path file, CaseRunner runner) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            for (Result result : runner.run(file)) {
                ok += result.holds() ? 1 : 0;
                failed += result.holds() ? 0 : 1;
                out.println((result.holds() ? "ok      " : "FAILED  ") + file + ": " + result.name());
                result.failures().forEach(failure -> out.println("          " + failure));
            }
        } catch (InvalidPipelineException e) {
            unreadable++;
            for (Problem problem : e.problems()) {
                spec.commandLine()
                        .getErr()
                        .println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
        }
    }
}
