package io.datamill.cli.registry;

import io.datamill.config.Reference;
import io.datamill.registry.DirectoryStore;
import io.datamill.registry.PostgresStore;
import io.datamill.registry.RegistryServer;
import io.datamill.registry.SchemaStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code datamill registry serve}: the registry over HTTP, until Ctrl-C. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves a registry of schemas over HTTP until Ctrl-C. It asks nobody for a password: put it on a"
                + " network, or behind a proxy, that does.")
public final class ServeCommand implements Callable<Integer> {
    /** Seconds that a client may take over sending a request and over reading the answer. */
    private static final String LONGEST = "30";

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", defaultValue = "8085", description = "Default: ${DEFAULT-VALUE}; 0 for a free one.")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "REF",
            description = "Directory of .avsc files, made where it is missing; or the JDBC URL of a Postgres; or a"
                    + " reference to either, such as $${env:PG_URL}.")
    private String store;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be between 0 and 65535, not " + port);
        }
        if (new Reference(store).resolve().isBlank()) {
            throw new ParameterException(spec.commandLine(), "--store is empty; give a directory or a JDBC URL");
        }
        System.setProperty("sun.net.httpserver.maxReqTime", LONGEST);
        System.setProperty("sun.net.httpserver.maxRspTime", LONGEST);
        try (SchemaStore opened = open(new Reference(store).resolve());
                RegistryServer server = RegistryServer.start(new InetSocketAddress(host, port), opened)) {
            spec.commandLine().getOut().println("schema registry at " + server.url() + ", kept in " + opened.place());
            spec.commandLine().getOut().println("Ctrl-C ends it.");
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
            return 0;
        } catch (BindException e) {
            throw new ParameterException(
                    spec.commandLine(), "cannot listen on " + host + " port " + port + ": " + e.getMessage(), e);
        }
    }

    private static SchemaStore open(String location) {
        return location.startsWith("jdbc:postgresql:")
                ? new PostgresStore(location)
                : new DirectoryStore(Path.of(location));
    }
}
