package io.datamill.schema;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionRequest;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

/**
 * A registry of AWS Glue, read by GetSchemaVersion. The only class that knows Glue's library, so that it is loaded for a
 * location {@code glue://} alone. It registers nothing: Glue's own tools do.
 */
final class GlueRegistry implements RemoteRegistry {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    private final GlueClient glue;
    private final String registry;
    private final String place;

    /** With the credentials that the AWS SDK finds; the question is repeated by the caller, not by the SDK. */
    GlueRegistry(GlueLocation location) {
        this(location, null);
    }

    GlueRegistry(GlueLocation location, AwsCredentialsProvider credentials) {
        this.registry = location.registry();
        this.place = location.toString();
        GlueClientBuilder builder = GlueClient.builder()
                .region(Region.of(location.region()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(ATTEMPT)
                        .socketTimeout(ATTEMPT))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(ATTEMPT).retryStrategy(retry -> retry.maxAttempts(1)));
        if (location.endpoint() != null) {
            builder.endpointOverride(URI.create(location.endpoint()));
        }
        if (credentials != null) {
            builder.credentialsProvider(credentials);
        }
        this.glue = builder.build();
    }

    @Override
    public Optional<Registered> byId(UUID id) throws IOException {
        return ask(request -> request.schemaVersionId(id.toString()));
    }

    /** In Glue a schema may itself be called {@code orders-v2}: that one's latest is meant where orders has no 2. */
    @Override
    public Optional<Registered> byName(SchemaName name) throws IOException {
        Optional<Registered> found = version(name);
        return found.isPresent() || name.isLatest()
                ? found
                : version(new SchemaName(name.toString(), SchemaName.LATEST));
    }

    /** None: listing a registry takes many questions and a permission of its own. */
    @Override
    public Collection<String> namesLike(SchemaName name) {
        return List.of(name.subject());
    }

    @Override
    public UUID register(SchemaName name, Schema schema) {
        throw new IllegalArgumentException(
                "no schema '" + name + "' in " + place + ", and Datamill registers none there; do it with AWS's tools");
    }

    @Override
    public String place() {
        return place;
    }

    private Optional<Registered> version(SchemaName name) throws IOException {
        return ask(request -> request.schemaId(id -> id.registryName(registry).schemaName(name.subject()))
                .schemaVersionNumber(number -> {
                    if (name.isLatest()) {
                        number.latestVersion(true);
                    } else {
                        number.versionNumber((long) name.version());
                    }
                }));
    }

    private Optional<Registered> ask(Consumer<GetSchemaVersionRequest.Builder> request) throws IOException {
        try {
            GetSchemaVersionResponse response = glue.getSchemaVersion(request);
            if (response.status() == SchemaVersionStatus.PENDING) {
                throw new IOException("schema version " + response.schemaVersionId() + " is still being checked");
            }
            boolean usable =
                    response.dataFormat() == DataFormat.AVRO && response.status() != SchemaVersionStatus.FAILURE;
            return usable
                    ? Optional.of(new Registered(
                            UUID.fromString(response.schemaVersionId()),
                            new Schema.Parser().parse(response.schemaDefinition())))
                    : Optional.empty();
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        } catch (SchemaParseException e) {
            throw new IOException("it answers with what is no Avro schema: " + e.getMessage(), e);
        }
    }
}
