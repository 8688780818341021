package io.datamill.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.schema.RegistryClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** Datamill's own registry, {@code datamill registry serve}. */
final class HttpRegistry implements RemoteRegistry {
    /** Only an answer with one of these says that a schema is not there; a bare 404 may be of another server. */
    private static final Set<String> UNKNOWN = Set.of("unknown-schema", "unknown-subject", "unknown-version");

    private final RegistryClient client;

    HttpRegistry(RegistryClient client) {
        this.client = client;
    }

    @Override
    public Optional<Registered> byId(UUID id) throws IOException {
        return found(client.get("/schemas/" + id));
    }

    @Override
    public Optional<Registered> byName(SchemaName name) throws IOException {
        if (!SchemaName.isSubject(name.subject())) {
            return Optional.empty();
        }
        String version = name.isLatest() ? "latest" : Integer.toString(name.version());
        return found(client.get(versions(name) + "/" + version));
    }

    @Override
    public Collection<String> namesLike(SchemaName name) throws IOException {
        List<String> subjects = new ArrayList<>();
        expected(client.get("/subjects")).body().path("subjects").forEach(subject -> subjects.add(subject.asText()));
        if (!subjects.contains(name.subject())) {
            return subjects;
        }
        List<String> versions = new ArrayList<>();
        expected(client.get(versions(name)))
                .body()
                .path("versions")
                .forEach(version -> versions.add(
                        new SchemaName(name.subject(), version.path("version").asInt()).toString()));
        return versions;
    }

    @Override
    public UUID register(SchemaName name, Schema schema) throws IOException {
        if (!SchemaName.isSubject(name.subject())) {
            throw new IllegalArgumentException("'" + name.subject() + "' cannot be the name of a schema");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        if (!name.isLatest()) {
            body.put("version", name.version());
        }
        Answer answer = client.post(versions(name), body);
        if (answer.isError()) {
            throw new IllegalArgumentException(place() + " refuses schema '" + name + "': " + answer.message());
        }
        return id(answer);
    }

    @Override
    public String place() {
        return client.url();
    }

    private static String versions(SchemaName name) {
        return "/subjects/" + name.subject() + "/versions";
    }

    private static Optional<Registered> found(Answer answer) throws IOException {
        if (UNKNOWN.contains(answer.error())) {
            return Optional.empty();
        }
        String schema = expected(answer).body().path("schema").asText();
        try {
            return Optional.of(new Registered(id(answer), new Schema.Parser().parse(schema)));
        } catch (SchemaParseException e) {
            throw new IOException("it answers with what is no Avro schema: " + e.getMessage(), e);
        }
    }

    private static Answer expected(Answer answer) throws IOException {
        if (answer.isError()) {
            throw new IOException(
                    "it answers with status " + answer.status() + ", " + answer.error() + ": " + answer.message());
        }
        return answer;
    }

    private static UUID id(Answer answer) throws IOException {
        try {
            return UUID.fromString(answer.body().path("id").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("it answers without the id of a schema", e);
        }
    }
}
