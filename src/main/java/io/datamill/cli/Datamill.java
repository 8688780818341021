package io.datamill.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code datamill} command. Exit status: 0, 1 for a user's mistake, 2 for a failure. */
@Command(
        name = "datamill",
        mixinStandardHelpOptions = true,
        versionProvider = Datamill.Version.class,
        description = "Scores streams of events and lands each exactly once.",
        subcommands = {
            DemoCommand.class,
            LabCommand.class,
            MigrateCommand.class,
            SensorCommand.class,
            TrainCommand.class,
            ValidateCommand.class
        })
public final class Datamill {
    private static final int MISTAKE = 1;
    private static final int FAILURE = 2;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        Datamill datamill = new Datamill();
        CommandLine commandLine = new CommandLine(datamill);
        commandLine.setParameterExceptionHandler((mistake, args) -> {
            CommandLine command = mistake.getCommandLine();
            command.getErr().println(command.getCommandName() + ": " + firstLine(mistake));
            command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return MISTAKE;
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getCommandName() + ": " + firstLine(failure));
            if (datamill.verbose) {
                failure.printStackTrace(command.getErr());
            }
            return failure instanceof ParameterException ? MISTAKE : FAILURE;
        });
        return commandLine.addSubcommand(new CommandLine.HelpCommand());
    }

    private static String firstLine(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** From the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Datamill.class.getPackage().getImplementationVersion();
            return new String[] {"datamill " + (version == null ? "(not built as a jar)" : version)};
        }
    }
}
