package io.datamill.cli.registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code datamill registry}: names the commands about schemas. */
@Command(
        name = "registry",
        mixinStandardHelpOptions = true,
        description = "Keeps Avro schemas: serves them, registers, lists and checks them.",
        subcommands = {
            ServeCommand.class,
            RegisterCommand.class,
            GetCommand.class,
            ListCommand.class,
            CheckCommand.class,
            LevelCommand.class
        })
public final class RegistryCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
