package io.datamill.cli.explain;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.plugin.PluginManager;

/**
 * Stands for the file systems that a cluster has as plugins, where a graph is made only to be told: a sink of files asks
 * its file system for serializers, and for nothing else before it runs.
 */
final class NoFileSystems implements PluginManager {
    private static final List<String> SCHEMES =
            List.of("s3", "s3a", "s3p", "gs", "abfs", "abfss", "wasbs", "oss", "hdfs");

    /** For the whole process: call it only where nothing is read or written afterwards. */
    static void initialize() {
        FileSystem.initialize(new Configuration(), new NoFileSystems());
    }

    @Override
    public <P> Iterator<P> load(Class<P> service) {
        return service == FileSystemFactory.class
                ? SCHEMES.stream().map(Stand::new).map(service::cast).iterator()
                : List.<P>of().iterator();
    }

    private record Stand(String scheme) implements FileSystemFactory {
        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public FileSystem create(URI uri) {
            return LocalFileSystem.getSharedInstance();
        }
    }
}
