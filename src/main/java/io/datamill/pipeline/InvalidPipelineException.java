package io.datamill.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** A pipeline's file has mistakes; all of them are told. */
public final class InvalidPipelineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    InvalidPipelineException(List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.line() + ":" + problem.column() + ": " + problem)
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** By their position in the file. */
    public List<Problem> problems() {
        return problems;
    }
}
