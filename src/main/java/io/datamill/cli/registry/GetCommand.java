package io.datamill.cli.registry;

import io.datamill.schema.RegistryClient.Answer;
import io.datamill.schema.SchemaName;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code datamill registry get}: prints one schema. */
@Command(name = "get", mixinStandardHelpOptions = true, description = "Prints a schema.")
public final class GetCommand implements Callable<Integer> {
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-.{22}");

    @Mixin
    private Remote registry;

    @Parameters(
            paramLabel = "NAME",
            description = "Its id; or subject and version, email-metadata-v4; or a subject, for the latest.")
    private String name;

    @Override
    public Integer call() throws IOException {
        Answer answer = registry.get(path());
        if (answer.isError()) {
            return registry.refused(answer);
        }
        registry.print(
                new Schema.Parser().parse(answer.body().path("schema").asText()).toString(true));
        return 0;
    }

    private String path() {
        if (ID.matcher(name).matches()) {
            return "/schemas/" + registry.subject(name);
        }
        SchemaName parsed = SchemaName.parse(name);
        return "/subjects/" + registry.subject(parsed.subject()) + "/versions/"
                + (parsed.isLatest() ? "latest" : Integer.toString(parsed.version()));
    }
}
