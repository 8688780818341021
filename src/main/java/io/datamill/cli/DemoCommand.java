package io.datamill.cli;

import io.datamill.cli.demo.Demo;
import io.datamill.lab.LabFiles;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code datamill demo}: everything at once, on this machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the lab, runs the email-trust pipeline on a local Flink with its web UI, streams real mails,"
                    + " and tells what came of them. Stays up until Ctrl-C.",
            "With DEMO_EXIT=1 in the environment it ends by itself; the last line is then one JSON object, and the"
                    + " exit status is 0 only if every record is accounted for in every store."
        })
public final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        // What libraries print belongs to standard error; standard output is the demo's.
        PrintStream out = System.out;
        System.setOut(System.err);
        boolean exit = "1".equals(System.getenv("DEMO_EXIT"));
        return new Demo(LabFiles.locate(), out).run(exit) ? 0 : 2;
    }
}
