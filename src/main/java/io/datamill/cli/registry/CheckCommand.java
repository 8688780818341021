package io.datamill.cli.registry;

import io.datamill.schema.RegistryClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code datamill registry check}: whether a schema may be registered, without doing it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tells whether a schema may be the next version of a subject; status 1 with the reasons if not.")
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Remote registry;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "Such as email-metadata.")
    private String subject;

    @Parameters(index = "1", paramLabel = "FILE", description = "The schema, an .avsc file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        String path = "/compatibility/subjects/" + registry.subject(subject) + "/versions";
        Answer answer = registry.post(path, registry.schema(file));
        if (answer.isError() || !answer.body().path("compatible").asBoolean()) {
            return registry.refused(answer);
        }
        registry.print(file + " may be the next version of " + subject);
        return 0;
    }
}
