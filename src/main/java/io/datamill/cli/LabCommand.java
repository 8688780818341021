package io.datamill.cli;

import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Running;
import io.datamill.lab.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code datamill lab}: the servers for trying things by hand. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Starts Kinesis, Postgres, Elasticsearch and S3 on this machine until Ctrl-C.")
public final class LabCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Lab lab = Lab.start(LabFiles.locate())) {
            print(lab, spec.commandLine().getOut());
            // Ctrl-C ends the JVM, and the lab with it.
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private static void print(Lab lab, PrintWriter out) {
        var running = lab.running();
        for (Server server : Server.values()) {
            Running one = running.get(server);
            out.printf(Locale.ROOT, "%-14s %5.1f s  %s%n", server.label(), seconds(one.took()), one.url());
        }
        out.printf(
                "%nKinesis and S3: access key %s, secret key %s, region %s%n",
                Lab.ACCESS_KEY, Lab.SECRET_KEY, Lab.REGION);
        out.println("Ctrl-C stops all and deletes what they hold.");
        out.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
