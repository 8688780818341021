package io.datamill.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Completion of commands and options by the shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script with which bash or zsh completes the commands and options of datamill.",
        footer = {
            "",
            "For example, in ~/.bashrc or ~/.zshrc:",
            "  alias datamill='java -jar /path/to/datamill-cli.jar'",
            "  source <(datamill completion)"
        })
public final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("datamill", spec.root().commandLine()));
        out.flush();
    }
}
