package io.datamill.cli;

import io.datamill.cli.reference.EditorSchema;
import io.datamill.pipeline.Catalog;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What an editor needs to complete and check a pipeline's file while it is written. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints a JSON Schema of a pipeline's file, with which an editor completes, explains and checks it.",
        footer = {
            "",
            "For example, in an editor with the YAML language server, as the file's first line:",
            "  # yaml-language-server: $schema=../../docs/pipeline.schema.json"
        })
public final class SchemaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(new EditorSchema(Catalog.STANDARD).text());
        out.flush();
    }
}
