package io.datamill.cli.cases;

import io.datamill.config.OptionDoc;
import java.util.List;
import java.util.Map;

/** A file of cases, as it is written. */
record CaseFile(
        @OptionDoc(value = "The pipeline under test, from the directory of this file.", otherwise =
                        "each case has its own step or adapter")
                String pipeline,
        @OptionDoc(value = "What the references `${env:NAME}` stand for.", otherwise = "the environment") Map<String, String> env,
        @OptionDoc(
                        value = "Files by name, in the directory that `${env:EXAMPLE_DIR}` stands for.",
                        otherwise = "none")
                Map<String, String> files,
        @OptionDoc("The cases, run in this order.") List<Case> cases) {
    CaseFile {
        env = env == null ? Map.of() : env;
        files = files == null ? Map.of() : files;
        if (cases == null || cases.isEmpty()) {
            throw new IllegalArgumentException("cases is missing; give at least one with its input and output");
        }
    }
}
