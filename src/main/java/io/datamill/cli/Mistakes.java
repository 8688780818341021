package io.datamill.cli;

import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells every mistake of a YAML file, each in a line with its place. */
final class Mistakes {
    private Mistakes() {}

    static void tell(Path file, InvalidPipelineException mistakes, PrintWriter err) {
        for (Problem problem : mistakes.problems()) {
            err.println(file + ":" + problem.line() + ":" + problem.column() + ": " + problem);
        }
    }
}
