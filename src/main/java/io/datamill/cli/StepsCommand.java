package io.datamill.cli;

import io.datamill.cli.reference.StepsReference;
import io.datamill.pipeline.Catalog;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The reference, from the code. Exit status: 0, or 1 where nothing has that name. */
@Command(
        name = "steps",
        mixinStandardHelpOptions = true,
        description = "Prints every adapter, step and sink with what it is for; with NAME, all about one: its options with"
                + " their defaults, errors, state and an example.",
        footer = {"", "For example:", "  datamill steps", "  datamill steps geoip"})
public final class StepsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "such as geoip, postgres or event")
    private String name;

    @Option(names = "--markdown", description = "Print the whole reference as Markdown: docs/steps.md.")
    private boolean markdown;

    @Override
    public Integer call() {
        StepsReference reference = new StepsReference(Catalog.STANDARD);
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            out.print(markdown ? reference.markdown() : reference.overview());
            out.flush();
            return 0;
        }
        Optional<String> found = reference.of(name);
        if (found.isEmpty()) {
            spec.commandLine().getErr().println("steps: " + reference.unknown(name));
            return 1;
        }
        out.print(found.get());
        out.flush();
        return 0;
    }
}
