package io.datamill.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.core.plugin.PluginDescriptor;

/**
 * What the command line reads {@code s3://} and the like with: a Flink's own plug-ins, where its variables {@value
 * #PLUGINS} and {@value #CONFIGURATION} say that there is one. Without them there are local files only.
 */
final class FileSystems {
    static final String PLUGINS = "FLINK_PLUGINS_DIR";
    static final String CONFIGURATION = "FLINK_CONF_DIR";

    private FileSystems() {}

    /** @throws IOException if the plug-ins cannot be read */
    static void initialize(Map<String, String> environment) throws IOException {
        String directory = environment.get(PLUGINS);
        if (directory == null) {
            return;
        }
        String conf = environment.get(CONFIGURATION);
        Configuration configuration = conf == null ? new Configuration() : GlobalConfiguration.loadConfiguration(conf);
        Collection<PluginDescriptor> plugins = new DirectoryBasedPluginFinder(Path.of(directory)).findPlugins();
        String[] parentFirst = CoreOptions.getPluginParentFirstLoaderPatterns(configuration);
        FileSystem.initialize(configuration, new DefaultPluginManager(plugins, parentFirst));
    }
}
