package io.datamill.schema;

import com.google.common.collect.MapMaker;
import java.io.Serializable;
import java.net.URI;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.core.fs.Path;

/**
 * Says which registry to use. It travels in the job graph; an operator opens it in {@code open()}.
 *
 * @param uri one of
 *     <ul>
 *       <li>a directory that Flink's file systems know: a plain path, {@code file://}, {@code s3://}
 *       <li>{@code http://host:port} or {@code https://}: {@code datamill registry serve}
 *       <li>{@code glue://region/registry-name}: AWS Glue
 *     </ul>
 *     where the last two may end in {@code #cache=DIRECTORY}, which keeps on this machine what was seen
 */
public record RegistryLocation(String uri) implements Serializable {
    private static final String CACHE = "#cache=";

    /**
     * One for all subtasks of a job in this JVM, so that they ask once. Held weakly: an HTTP client's thread would else
     * keep a finished job's classes in memory.
     */
    private static final ConcurrentMap<String, SchemaRegistry> SHARED =
            new MapMaker().weakValues().makeMap();

    public RegistryLocation {
        if (uri == null || uri.isBlank()) {
            throw new IllegalArgumentException("the schema registry is empty; expected a directory such as schemas/,"
                    + " http://host:port or glue://region/registry-name");
        }
        if (isRemote(uri)) {
            Remote.parse(uri);
        } else {
            URI ignored = new Path(uri).toUri(); // what Flink cannot parse fails here, not in the cluster
            if (ignored.getPath().isEmpty() && ignored.getAuthority() == null) {
                throw new IllegalArgumentException("the schema registry '" + uri + "' is no directory");
            }
        }
    }

    /**
     * Opens it. Of a directory every schema is read; one across the network is not asked yet.
     *
     * @throws java.io.UncheckedIOException when the directory cannot be read
     * @throws IllegalArgumentException when a file in it is no Avro schema
     */
    public SchemaRegistry open() {
        if (!isRemote(uri)) {
            return new DirectorySchemaRegistry(new Path(uri));
        }
        return SHARED.computeIfAbsent(uri, location -> Remote.parse(location).open());
    }

    private static boolean isRemote(String uri) {
        return uri.startsWith("http://") || uri.startsWith("https://") || uri.startsWith(GlueLocation.SCHEME + "://");
    }

    /** Its parts: where it is and what keeps what was seen. */
    private record Remote(String location, String cache) {
        static Remote parse(String uri) {
            int fragment = uri.indexOf('#');
            String location = fragment < 0 ? uri : uri.substring(0, fragment);
            String cache = null;
            if (fragment >= 0) {
                if (!uri.startsWith(CACHE, fragment) || uri.length() == fragment + CACHE.length()) {
                    throw new IllegalArgumentException("expected " + CACHE
                            + "DIRECTORY behind the schema registry, but read '" + uri.substring(fragment) + "'");
                }
                cache = uri.substring(fragment + CACHE.length());
            }
            Remote remote = new Remote(location, cache);
            remote.check();
            return remote;
        }

        private boolean isGlue() {
            return location.startsWith(GlueLocation.SCHEME);
        }

        private void check() {
            if (isGlue()) {
                GlueLocation.parse(location);
            } else {
                RegistryClient.checked(location);
            }
        }

        SchemaRegistry open() {
            RemoteRegistry remote = isGlue()
                    ? new GlueRegistry(GlueLocation.parse(location))
                    : new HttpRegistry(new RegistryClient(location));
            return new CachingSchemaRegistry(
                    remote, cache == null ? null : new SchemaFiles(java.nio.file.Path.of(cache)));
        }
    }
}
