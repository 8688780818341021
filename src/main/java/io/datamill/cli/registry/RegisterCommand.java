package io.datamill.cli.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.schema.RegistryClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code datamill registry register}: prints the version's name and id, or why it may not follow. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = "Registers a schema as the next version of a subject and prints its name and id; the same schema"
                + " again gives the version that it has.")
public final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private Remote registry;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "Such as email-metadata.")
    private String subject;

    @Parameters(index = "1", paramLabel = "FILE", description = "The schema, an .avsc file.")
    private Path file;

    @Option(names = "--version-number", paramLabel = "N", description = "Fail if it would be another version.")
    private Integer version;

    @Override
    public Integer call() throws IOException {
        String path = "/subjects/" + registry.subject(subject) + "/versions";
        ObjectNode body = registry.schema(file);
        if (version != null) {
            body.put("version", version);
        }
        Answer answer = registry.post(path, body);
        if (answer.isError()) {
            return registry.refused(answer);
        }
        registry.print(subject + "-v" + answer.body().path("version").asInt() + " "
                + answer.body().path("id").asText());
        return 0;
    }
}
