package io.datamill.cli.registry;

import io.datamill.schema.RegistryClient.Answer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code datamill registry list}: one subject a line, or one version with its id. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the subjects, or a subject's versions with their ids.")
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private Remote registry;

    @Parameters(arity = "0..1", paramLabel = "SUBJECT", description = "Whose versions to list.")
    private String subject;

    @Override
    public Integer call() throws IOException {
        Answer answer =
                registry.get(subject == null ? "/subjects" : "/subjects/" + registry.subject(subject) + "/versions");
        if (answer.isError()) {
            return registry.refused(answer);
        }
        answer.body().path("subjects").forEach(listed -> registry.print(listed.asText()));
        answer.body()
                .path("versions")
                .forEach(listed ->
                        registry.print(subject + "-v" + listed.path("version").asInt() + " "
                                + listed.path("id").asText()));
        return 0;
    }
}
