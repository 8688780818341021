package io.datamill.cli;

import io.datamill.config.Reference;
import io.datamill.sink.migration.ElasticsearchMigrations;
import io.datamill.sink.migration.PostgresMigrations;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates and updates the tables, index templates and aliases that the sinks write to. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Creates or updates the tables and index templates that the sinks write to.")
public final class MigrateCommand implements Callable<Integer> {
    @Option(
            names = "--postgres-url",
            paramLabel = "REF",
            description = "JDBC URL, or a reference to it (default: $${env:PG_URL})")
    private String postgresUrl = "${env:PG_URL}";

    @Option(
            names = "--elasticsearch-url",
            paramLabel = "REF",
            description = "URL, or a reference to it (default: $${env:ES_URL})")
    private String elasticsearchUrl = "${env:ES_URL}";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String postgres = url("--postgres-url", postgresUrl, "jdbc:postgresql:", "jdbc:postgresql://host/database");
        print("Postgres", PostgresMigrations.apply(postgres));
        String elasticsearch = url("--elasticsearch-url", elasticsearchUrl, "http", "https://host:9200");
        print("Elasticsearch", ElasticsearchMigrations.apply(elasticsearch));
        return 0;
    }

    /** Of a wrong one only the reference is told: what it stands for may hold a password. */
    private String url(String option, String written, String start, String example) {
        String url = new Reference(written).resolve();
        if (!url.startsWith(start)) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + written + ": expected a URL such as " + example);
        }
        return url;
    }

    private void print(String store, List<String> applied) {
        spec.commandLine()
                .getOut()
                .println(store + ": " + (applied.isEmpty() ? "up to date" : "applied " + String.join(", ", applied)));
    }
}
