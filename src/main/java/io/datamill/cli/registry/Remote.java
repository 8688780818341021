package io.datamill.cli.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.config.Reference;
import io.datamill.schema.RegistryClient;
import io.datamill.schema.RegistryClient.Answer;
import io.datamill.schema.SchemaName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The registry that a command asks, and how it tells mistakes. */
final class Remote {
    private static final int MAX_FILE_BYTES = 1 << 20;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "REF",
            description = "URL of the registry, or a reference to it (default: $${env:SCHEMA_REGISTRY})")
    private String url = "${env:SCHEMA_REGISTRY}";

    private interface Request {
        Answer send(RegistryClient client) throws IOException;
    }

    Answer get(String path) throws IOException {
        return answer(client -> client.get(path));
    }

    Answer post(String path, ObjectNode body) throws IOException {
        return answer(client -> client.post(path, body));
    }

    Answer put(String path, ObjectNode body) throws IOException {
        return answer(client -> client.put(path, body));
    }

    /** Refuses here what would be another path there. */
    String subject(String name) {
        if (!SchemaName.isSubject(name)) {
            throw mistake("'" + name + "' is no subject, such as email-metadata: letters, digits, . _ -, no version");
        }
        return name;
    }

    /** A request's body with the schema of a file. */
    ObjectNode schema(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw mistake(file + ": no such file; give the path of an Avro schema (.avsc)");
        }
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw mistake(file + ": larger than a schema may be, " + MAX_FILE_BYTES + " bytes");
        }
        return JsonNodeFactory.instance.objectNode().put("schema", Files.readString(file));
    }

    void print(String line) {
        spec.commandLine().getOut().println(line);
    }

    /**
     * One line for each reason on standard error.
     *
     * @return the status of a mistake
     */
    int refused(Answer answer) {
        if (answer.body().path("reasons").isEmpty()) {
            complain(answer.message());
        } else {
            answer.body().path("reasons").forEach(reason -> complain(reason.asText()));
        }
        return 1;
    }

    private void complain(String message) {
        spec.commandLine().getErr().println(spec.name() + ": " + message);
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Answer answer(Request request) throws IOException {
        RegistryClient client = client();
        try {
            return request.send(client);
        } catch (IOException e) {
            throw new IOException("the registry " + client.url() + " gave no answer: " + e.getMessage(), e);
        }
    }

    private RegistryClient client() {
        String resolved = new Reference(url).resolve();
        try {
            return new RegistryClient(resolved);
        } catch (IllegalArgumentException e) {
            throw mistake("--url: " + e.getMessage());
        }
    }
}
