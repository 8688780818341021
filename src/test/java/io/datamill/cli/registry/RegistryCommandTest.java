package io.datamill.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.registry.DirectoryStore;
import io.datamill.registry.RegistryServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RegistryCommandTest {
    private static final String RECORD = "{\"type\": \"record\", \"name\": \"A\", \"fields\": [%s]}";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RegistryServer server;
    private Path one;
    private Path bad;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new DirectoryStore(directory.resolve("schemas")));
        one = Files.writeString(directory.resolve("one.avsc"), RECORD.formatted(""));
        bad = Files.writeString(
                directory.resolve("bad.avsc"), RECORD.formatted("{\"name\": \"x\", \"type\": \"int\"}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersListsAndGets() {
        assertThat(run("register", "mail", one.toString())).isZero();
        assertThat(out.toString()).matches("mail-v1 [0-9a-f-]{36}\\R");
        String id = out.toString().strip().split(" ", -1)[1];
        assertThat(run("list")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("mail");
        assertThat(run("list", "mail")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("mail-v1 " + id);
        for (String name : List.of(id, "mail", "mail-v1")) {
            assertThat(run("get", name)).isZero();
            assertThat(out.toString()).contains("\"type\" : \"record\"");
        }
    }

    @Test
    void refusesABadEvolutionWithTheReasonAndStatus1() {
        run("register", "mail", one.toString());
        String reason = "the new schema cannot read version 1: field 'x' is not in version 1, and has no default in the"
                + " new schema";

        assertThat(run("check", "mail", bad.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("check: " + reason);
        assertThat(run("register", "mail", bad.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("register: " + reason);
        assertThat(run("level", "mail", "forward")).isZero();
        assertThat(run("level", "mail")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("forward");
        assertThat(run("check", "mail", bad.toString())).isZero();
        assertThat(run("register", "--version-number", "3", "mail", bad.toString()))
                .isEqualTo(1);
        assertThat(run("register", "--version-number", "2", "mail", bad.toString()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get nope",
                "get 00000000-0000-0000-0000-000000000000",
                "get ../mail",
                "list nope",
                "register mail none.avsc",
                "register mail-v1 none.avsc",
                "level mail some",
                "register mail"
            })
    void aMistakeHasStatus1AndALine(String args) {
        assertThat(run(args.split(" ", -1))).isEqualTo(1);
        assertThat(err.toString().lines().findFirst().orElseThrow()).startsWith(args.split(" ", -1)[0] + ": ");
    }

    @Test
    void aServerThatIsDownHasStatus2AndOneLine() {
        server.close();

        assertThat(run("list")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("list: the registry " + server.url() + " gave no answer: ");
    }

    @Test
    void aPortThatIsTakenIsAMistake() {
        assertThat(execute(
                        "serve",
                        "--store",
                        directory.resolve("x").toString(),
                        "--port",
                        "" + server.url().getPort()))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("serve: cannot listen on 127.0.0.1 port ");
        assertThat(execute("serve", "--store", "x", "--port", "99999")).isEqualTo(1);
        assertThat(execute("serve")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "register", "get", "list", "check", "level"})
    void eachHasHelp(String command) {
        assertThat(command.isEmpty() ? execute("--help") : execute(command, "--help"))
                .isZero();
        assertThat(out.toString()).contains("Usage: datamill registry");
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", server.url().toString()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... args) {
        List<String> all = new ArrayList<>(List.of("registry"));
        all.addAll(List.of(args));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = io.datamill.cli.CommandLines.datamill();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(all.toArray(String[]::new));
    }
}
