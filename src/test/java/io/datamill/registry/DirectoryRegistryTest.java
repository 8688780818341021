package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRegistryTest extends RegistryContract {
    @TempDir
    private Path directory;

    @Override
    SchemaStore store() {
        return new DirectoryStore(directory);
    }

    @Test
    void aPipelineReadsTheStoreAsADirectoryOfSchemas() throws IOException {
        register("mail", ONE);
        setLevel("mail", "full");
        register("mail", TWO);

        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("mail-v1.avsc", "mail-v2.avsc", "mail.compatibility", ".registry.lock");
        assertThat(new RegistryLocation(directory.toString()).open().byName("mail-v2"))
                .isEqualTo(parsed(TWO));
        assertThat(directory.resolve("mail.compatibility")).hasContent("full");
    }

    @Test
    void servesADirectoryThatAPipelineHasHad() throws IOException {
        new RegistryLocation(directory.toString()).open().register("mail-v7", parsed(ONE));
        new RegistryLocation(directory.toString()).open().register("loose", parsed(TWO));

        assertThat(client.get("/subjects").body()).hasToString("{\"subjects\":[\"mail\"]}");
        assertThat(client.get("/subjects/mail/versions/latest")
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(7);
        assertThat(client.get("/schemas/" + SchemaIds.of(parsed(TWO))).status()).isEqualTo(200);
        assertThat(register("mail", TWO).body().path("version").asInt()).isEqualTo(8);
    }

    @Test
    void servesTheSchemasOfTheRepository() throws Exception {
        RegistryServer server = RegistryServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new DirectoryStore(Path.of("kinesis-fixtures/email-metadata/schemas")));
        try (server) {
            assertThat(new RegistryLocation(server.url().toString()).open().byName("email-metadata-v4"))
                    .isEqualTo(new RegistryLocation("kinesis-fixtures/email-metadata/schemas")
                            .open()
                            .byName("email-metadata-v4"));
        }
    }

    @Test
    void twoProcessesThatRegisterAtOnceLoseNothing() throws Exception {
        setLevel("mail", "none");
        Process one = writer("One");
        Process other = writer("Other");
        for (Process writer : List.of(one, other)) {
            assertThat(writer.getInputStream().read()).isEqualTo('r');
        }
        for (Process writer : List.of(one, other)) {
            writer.getOutputStream().write('\n');
            writer.getOutputStream().flush();
        }

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(store().versions("mail"))
                .extracting(Version::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(store().versions("mail")).extracting(Version::id).doesNotHaveDuplicates();
    }

    private Process writer(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DirectoryWriter.class.getName(),
                        directory.toString(),
                        name,
                        "50")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void aBrokenFileFailsWhatNeedsItAndNothingElse() throws IOException {
        String id = register("mail", ONE).body().path("id").asText();
        Files.writeString(directory.resolve("other-v1.avsc"), "{");

        assertThat(client.get("/schemas/" + id).status()).isEqualTo(200);
        assertThat(client.get("/subjects/mail/versions/1").status()).isEqualTo(200);
        assertThatThrownBy(() -> client.get("/subjects/other/versions"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 503")
                .hasMessageContaining("other-v1.avsc is no Avro schema");
    }
}
