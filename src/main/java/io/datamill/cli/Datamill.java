package io.datamill.cli;

import io.datamill.alerter.AlerterException;
import io.datamill.cli.local.LocalRunException;
import io.datamill.cli.registry.RegistryCommand;
import io.datamill.cli.replay.RejectsCommand;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.lab.LabException;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.source.UnreadableFileException;
import io.datamill.step.fitted.UnsuitableSampleException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.flink.util.ExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code datamill} command. Exit status: 0, 1 for a user's mistake, 2 for a failure. */
@Command(
        name = "datamill",
        mixinStandardHelpOptions = true,
        versionProvider = Datamill.Version.class,
        description = "Scores streams of events and lands each exactly once.",
        subcommands = {
            AlerterCommand.class,
            CompletionCommand.class,
            DemoCommand.class,
            EvaluateCommand.class,
            ExplainCommand.class,
            ExplainEventCommand.class,
            FitCommand.class,
            InferCommand.class,
            LabCommand.class,
            MigrateCommand.class,
            PromoteCommand.class,
            RegistryCommand.class,
            RejectsCommand.class,
            ReleasesCommand.class,
            ReplayCommand.class,
            RollbackCommand.class,
            SchemaCommand.class,
            SensorCommand.class,
            StepsCommand.class,
            TestCommand.class,
            TrainCommand.class,
            TryCommand.class,
            ValidateCommand.class
        })
public final class Datamill {
    private static final int MISTAKE = 1;
    private static final int FAILURE = 2;

    /** What the system says where a file was expected. */
    private static final String DIRECTORY = "Is a directory";

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show logs, and the stack trace of a failure.")
    private boolean verbose;

    public static void main(String[] args) {
        // A person reads what the command prints; what Flink and the stores tell of themselves only when asked for.
        boolean verbose = List.of(args).contains("--verbose");
        System.setProperty("datamill.log.level", verbose ? "info" : "error");
        CommandLine commandLine = commandLine().setOut(utf8(System.out)).setErr(utf8(System.err));
        try {
            FileSystems.initialize(System.getenv());
        } catch (IOException e) {
            commandLine.getErr().println("datamill: " + FileSystems.PLUGINS + ": " + e.getMessage());
            System.exit(MISTAKE);
        }
        System.exit(commandLine.execute(args));
    }

    /** Whatever the locale says: what is printed may be read by a program. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static CommandLine commandLine() {
        Datamill datamill = new Datamill();
        CommandLine commandLine = new CommandLine(datamill);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler((mistake, args) -> {
            CommandLine command = mistake.getCommandLine();
            command.getErr().println(command.getCommandName() + ": " + firstLine(mistake) + suggestion(mistake));
            command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return MISTAKE;
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getCommandName() + ": " + firstLine(failure));
            if (datamill.verbose) {
                failure.printStackTrace(command.getErr());
            }
            return isMistake(failure) ? MISTAKE : FAILURE;
        });
        return commandLine.addSubcommand(new CommandLine.HelpCommand());
    }

    /** What the user can mend, not the system. */
    private static boolean isMistake(Exception failure) {
        return failure instanceof ParameterException
                || failure instanceof AlerterException
                || failure instanceof LabException
                || failure instanceof UnresolvedReferenceException
                || failure instanceof InvalidPipelineException
                || failure instanceof UnreadableFileException
                || failure instanceof UnsuitableSampleException
                || failure instanceof NoSuchFileException
                || failure instanceof AccessDeniedException
                || failure instanceof CharacterCodingException
                || (failure instanceof FileSystemException wrong && DIRECTORY.equals(wrong.getReason()))
                || (failure instanceof LocalRunException && isUnset(failure));
    }

    /** A step that finds nothing, as it opens, where it refers to. */
    private static boolean isUnset(Exception failure) {
        return ExceptionUtils.findThrowable(failure, UnresolvedReferenceException.class)
                .isPresent();
    }

    private static String suggestion(ParameterException mistake) {
        List<String> suggestions =
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.get(0) + "'?";
    }

    private static String firstLine(Exception failure) {
        if (failure instanceof FileSystemException wrong && wrong.getReason() == null) {
            return wrong.getFile()
                    + (wrong instanceof AccessDeniedException ? ": permission denied" : ": no such file or directory");
        }
        if (failure instanceof CharacterCodingException) {
            return "a file is not a text in UTF-8";
        }
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
