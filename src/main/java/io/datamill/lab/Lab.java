package io.datamill.lab;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Local servers on loopback and free ports, with their data in a temporary directory. All is gone after {@link #close},
 * and also when the JVM ends without it, be it by Ctrl-C or by kill -9.
 *
 * <p>Postgres runs without fsync; a fault test turns it on with {@code ALTER SYSTEM SET fsync = on} and
 * {@code SELECT pg_reload_conf()}.
 */
public final class Lab implements AutoCloseable {
    public static final String REGION = "us-east-1";

    /** Of S3; the Kinesis emulator takes any. */
    public static final String ACCESS_KEY = "lab-access-key";

    public static final String SECRET_KEY = "lab-secret-key";

    private static final Logger LOG = LoggerFactory.getLogger(Lab.class);

    private final LabFiles files;
    private final Path directory;
    private final Reaper reaper;
    private final Thread atExit;
    private final Map<Server, Running> running = new EnumMap<>(Server.class);

    private Lab(LabFiles files) {
        this.files = files;
        try {
            directory = Files.createTempDirectory("datamill-lab-");
            // The user that Postgres and Elasticsearch run as passes through to its own directory.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
            reaper = Reaper.of(directory);
        } catch (IOException e) {
            throw new LabException("the lab has no place for its data: " + e.getMessage(), e);
        }
        atExit = new Thread(reaper::close, "lab-reaper");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts the servers side by side and returns when each answers.
     *
     * @param servers all of them if none is named
     * @throws LabException if one cannot start; the others are stopped then
     */
    public static Lab start(LabFiles files, Server... servers) {
        Set<Server> wanted = EnumSet.allOf(Server.class);
        if (servers.length > 0) {
            wanted.retainAll(Set.of(servers));
        }
        var lab = new Lab(files);
        try {
            lab.running.putAll(Running.startAll(wanted, server -> new Site(files, lab.home(server), lab.reaper)));
            LOG.info("lab up: {}", lab.running.values());
            return lab;
        } catch (RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    private Path home(Server server) throws IOException {
        return Files.createDirectory(directory.resolve(server.name().toLowerCase(Locale.ROOT)));
    }

    /** Holds all data, and a log for each server; gone after close. */
    public Path directory() {
        return directory;
    }

    /** What runs, and how long each took to answer. */
    public Map<Server, Running> running() {
        return Map.copyOf(running);
    }

    public URI kinesisEndpoint() {
        return URI.create(url(Server.KINESIS));
    }

    /** A JDBC URL with user and password. */
    public String postgresUrl() {
        return url(Server.POSTGRES);
    }

    public URI elasticsearchUrl() {
        return URI.create(url(Server.ELASTICSEARCH));
    }

    public URI s3Endpoint() {
        return URI.create(url(Server.S3));
    }

    private String url(Server server) {
        Running found = running.get(server);
        if (found == null) {
            throw new IllegalStateException("this lab was started without " + server.label());
        }
        return found.url();
    }

    /** A new client, which the caller closes. */
    public KinesisClient kinesis() {
        return KinesisClient.builder()
                .endpointOverride(kinesisEndpoint())
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** Creates a stream and waits until it takes records. */
    public void createStream(String name, int shards) {
        try (var kinesis = kinesis()) {
            KinesisServer.createStream(kinesis, name, shards);
        }
    }

    /** Does nothing if the bucket is there. */
    public void createBucket(String name) {
        url(Server.S3);
        try {
            Files.createDirectories(S3Server.buckets(directory.resolve("s3")).resolve(name));
        } catch (IOException e) {
            throw new LabException("cannot create bucket " + name + ": " + e.getMessage(), e);
        }
    }

    /** Flink's plug-ins, its S3 file system among them. */
    public Path plugins() {
        return files.plugins();
    }

    /** What Flink's S3 file system needs to reach the lab's S3. */
    public Configuration flinkConfiguration() {
        var configuration = new Configuration();
        configuration.setString("s3.endpoint", s3Endpoint().toString());
        configuration.setString("s3.endpoint.region", REGION);
        configuration.setString("s3.path.style.access", "true");
        configuration.setString("s3.access-key", ACCESS_KEY);
        configuration.setString("s3.secret-key", SECRET_KEY);
        return configuration;
    }

    /**
     * Lets this JVM's Flink, and so a local environment, read and write s3:// paths in the lab. It holds for the whole
     * JVM, until it is called on another lab.
     */
    public void initializeFlinkFileSystems() {
        var configuration = flinkConfiguration();
        try {
            var plugins = new DirectoryBasedPluginFinder(files.plugins()).findPlugins();
            String[] parentFirst = CoreOptions.getPluginParentFirstLoaderPatterns(configuration);
            FileSystem.initialize(configuration, new DefaultPluginManager(plugins, parentFirst));
        } catch (IOException e) {
            throw new LabException("cannot load Flink's S3 plug-in: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        reaper.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}
