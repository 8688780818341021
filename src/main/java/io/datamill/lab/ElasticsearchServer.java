package io.datamill.lab;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real Elasticsearch, in the small form that it is tested in: no scripts, no reindex, no lifecycles. */
final class ElasticsearchServer {
    private static final int TIMEOUT_MILLIS = 2_000;

    private ElasticsearchServer() {}

    static String start(Site site) throws IOException, InterruptedException {
        Path zip = site.files().elasticsearchZip();
        var unprivileged = Unprivileged.detect();
        Path program = Unpacked.zip(zip, site.cache(unprivileged));
        int port = FreePort.next();
        Site configuration =
                new Site(site.files(), Files.createDirectory(site.home().resolve("config")), site.reaper());
        configuration.write(
                "elasticsearch.yml",
                List.of(
                        "home", site.home().toString(),
                        "http", Integer.toString(port),
                        "transport", Integer.toString(FreePort.next())));
        configuration.write("jvm.options", List.of());
        configuration.write("log4j2.properties", List.of());
        Path temporary = Files.createDirectory(site.home().resolve("tmp"));
        unprivileged.own(site.home());

        var command = unprivileged.command(
                List.of(program.resolve("bin/elasticsearch").toString()));
        command.directory(site.home().toFile());
        var environment = command.environment();
        environment.keySet().removeIf(name -> name.equals("ES_JAVA_OPTS") || name.equals("JAVA_TOOL_OPTIONS"));
        environment.put("ES_PATH_CONF", configuration.home().toString());
        environment.put("ES_JAVA_HOME", System.getProperty("java.home"));
        environment.put("ES_TMPDIR", temporary.toString());
        environment.put("CLI_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        String url = "http://127.0.0.1:" + port;
        Child.start("Elasticsearch", site, "TERM", command).awaitReady(Child.LIMIT, () -> healthy(url));
        return url;
    }

    private static boolean healthy(String url) {
        try {
            var connection = (HttpURLConnection)
                    URI.create(url + "/_cluster/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
