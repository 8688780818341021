package io.datamill.cli.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code datamill rejects}: names the commands that look at them. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        description = "Looks at what a pipeline has rejected: lists, shows and counts it.",
        subcommands = {RejectsListCommand.class, RejectsShowCommand.class, RejectsCountCommand.class})
public final class RejectsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
