package io.datamill.cli;

import picocli.CommandLine;

/** The command as its users have it, for tests in packages below. */
public final class CommandLines {
    private CommandLines() {}

    public static CommandLine datamill() {
        return Datamill.commandLine();
    }
}
