package io.datamill.cli.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.datamill.schema.RegistryClient.Answer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code datamill registry level}: prints a subject's compatibility level, and sets it where one is given. */
@Command(
        name = "level",
        mixinStandardHelpOptions = true,
        description = "Prints the compatibility level of a subject, or sets it.")
public final class LevelCommand implements Callable<Integer> {
    @Mixin
    private Remote registry;

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "Such as email-metadata.")
    private String subject;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "none, backward, forward or full; all but none also with -transitive.")
    private String level;

    @Override
    public Integer call() throws IOException {
        String path = "/config/" + registry.subject(subject);
        Answer answer = level == null
                ? registry.get(path)
                : registry.put(path, JsonNodeFactory.instance.objectNode().put("compatibility", level));
        if (answer.isError()) {
            return registry.refused(answer);
        }
        registry.print(answer.body().path("compatibility").asText());
        return 0;
    }
}
