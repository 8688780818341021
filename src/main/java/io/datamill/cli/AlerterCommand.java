package io.datamill.cli;

import io.datamill.alerter.Alerter;
import io.datamill.alerter.Journal;
import io.datamill.alerter.config.AlerterConfig;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Problem;
import io.datamill.pipeline.YamlConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells people and systems of verdicts, until Ctrl-C. */
@Command(
        name = "alerter",
        mixinStandardHelpOptions = true,
        description =
                "Reads the stream of verdicts and tells webhooks, Slack and mailboxes of them, until Ctrl-C. Prints"
                        + " what it does, a JSON object a line.")
public final class AlerterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the alerter's YAML file")
    private Path file;

    @Option(names = "--once", description = "Read to the present end of the stream, send what is due, and end.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        YamlFile.expect(file, "an alerter's YAML file");
        Optional<AlerterConfig> config = read();
        if (config.isEmpty()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        PrintWriter out = spec.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        try (Alerter alerter = Alerter.open(config.get(), new Journal(line -> print(out, line), clock), clock)) {
            return once ? once(alerter) : run(alerter);
        } catch (IllegalArgumentException e) {
            return mistake(e.getMessage());
        }
    }

    private Optional<AlerterConfig> read() throws IOException {
        try {
            return Optional.of(YamlConfig.read(Files.readString(file), AlerterConfig.class));
        } catch (InvalidPipelineException e) {
            for (Problem problem : e.problems()) {
                spec.commandLine()
                        .getErr()
                        .println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
            return Optional.empty();
        }
    }

    private int once(Alerter alerter) throws SQLException, InterruptedException {
        return alerter.once() ? CommandLine.ExitCode.OK : mistake("another process is at work as this alerter");
    }

    private static int run(Alerter alerter) throws InterruptedException {
        Thread atExit = new Thread(() -> stop(alerter), "alerter-stop");
        Runtime.getRuntime().addShutdownHook(atExit);
        alerter.run();
        return CommandLine.ExitCode.OK;
    }

    private static void stop(Alerter alerter) {
        try {
            alerter.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int mistake(String message) {
        spec.commandLine().getErr().println(file + ": " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(PrintWriter out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
