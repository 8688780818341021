package io.datamill.cli.cases;

import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalRunException;
import io.datamill.cli.local.LocalSummary;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.Problem;
import io.datamill.pipeline.YamlConfig;
import io.datamill.source.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.nodes.Node;

/** Runs cases one after the other, all on one Flink of this process, which starts with the first that needs it. */
public final class CaseRunner implements AutoCloseable {
    private final Planner planner;
    private LocalRun flink;

    public CaseRunner(Catalog catalog) {
        this.planner = new Planner(catalog);
    }

    /**
     * What came of a case.
     *
     * @param failures one line for each difference or mistake; none: it holds
     */
    public record Result(String name, List<String> failures) {
        public boolean holds() {
            return failures.isEmpty();
        }
    }

    /**
     * Runs all cases of a file.
     *
     * @throws InvalidPipelineException if it is no file of cases, with every mistake in it
     */
    public List<Result> run(Path file) throws Exception {
        CaseFile read = YamlConfig.read(Files.readString(file), CaseFile.class);
        Path directory = file.toAbsolutePath().getParent();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < read.cases().size(); i++) {
            Case one = read.cases().get(i);
            results.add(new Result(name(one, i), failures(one, read, directory)));
        }
        return results;
    }

    private static String name(Case one, int index) {
        if (one.name() != null) {
            return one.name();
        }
        Node verb = one.step() == null ? one.adapter() : one.step();
        String tested = YamlJson.entries(verb).stream()
                .map(entry -> " (" + entry.getKey() + ')')
                .collect(Collectors.joining());
        return "case " + (index + 1) + tested;
    }

    /** Runs an example of the reference: a case of its own, whose events have all the fields that are named. */
    public List<String> runExample(String text) throws Exception {
        Case one = YamlConfig.read(text, Case.class);
        CaseFile around = new CaseFile(null, null, null, List.of(one));
        return failures(one.exactly(), around, Path.of("").toAbsolutePath());
    }

    private List<String> failures(Case one, CaseFile file, Path directory) throws Exception {
        Map<String, String> files = new HashMap<>(file.files());
        files.putAll(one.files());
        try (Surrounding surrounding = new Surrounding(file.env(), files)) {
            return failures(one, text(one, file, directory), directory);
        } catch (InvalidPipelineException e) {
            return e.problems().stream().map(Problem::toString).toList();
        } catch (IllegalArgumentException
                | UnresolvedReferenceException
                | UnreadableFileException
                | LocalRunException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static String text(Case one, CaseFile file, Path directory) throws IOException {
        if (one.step() != null || one.adapter() != null || file.pipeline() == null) {
            return CasePipeline.of(one);
        }
        Path pipeline = directory.resolve(file.pipeline());
        if (!Files.isRegularFile(pipeline)) {
            throw new IllegalArgumentException("pipeline: no file " + pipeline);
        }
        return Files.readString(pipeline);
    }

    private List<String> failures(Case one, String text, Path directory) throws Exception {
        if (one.isPlanOnly()) {
            planner.plan(text);
            return List.of();
        }
        Plan plan = planner.trial().plan(text);
        Outcome outcome = new Outcome(one.branch(), schema(plan, one.branch()));
        LocalSummary summary = flink().run(plan, CaseInput.of(one, plan, directory), outcome);
        return Expectation.differences(one, outcome, summary);
    }

    private static Schema schema(Plan plan, String branch) {
        Plan.Flow flow = plan.ends().get(branch);
        if (flow == null) {
            throw new IllegalArgumentException("branch: no branch '" + branch + "'; there is "
                    + plan.ends().keySet().stream()
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.joining(", ")));
        }
        return flow.output();
    }

    private LocalRun flink() throws Exception {
        if (flink == null) {
            flink = LocalRun.start();
        }
        return flink;
    }

    @Override
    public void close() throws Exception {
        if (flink != null) {
            flink.close();
        }
    }
}
