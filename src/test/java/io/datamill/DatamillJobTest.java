package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.sink.LedgerConfig;
import io.datamill.source.LakeFiles;
import io.datamill.step.adapter.Peek;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph on a Flink of this JVM, from records in memory to files. */
class DatamillJobTest {
    private static final Map<String, Long> LEDGER = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void shufflesAgainForASecondKey() throws Exception {
        List<byte[]> mails = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            mails.add(mail(i, "domain" + i % 4, "subject " + i % 3));
        }

        run("""
                - profile: { id: domain, key: [from_domain], features: { of_domain: "count(1d)" } }
                - profile: { id: subject, key: [subject], features: { of_subject: "count(1d)" } }""", mails);

        assertThat(highest("from_domain", "of_domain"))
                .isEqualTo(Map.of("domain0", 15L, "domain1", 15L, "domain2", 15L, "domain3", 15L));
        assertThat(highest("subject", "of_subject"))
                .isEqualTo(Map.of("subject 0", 20L, "subject 1", 20L, "subject 2", 20L));
    }

    @Test
    void decodesBeforeTheShuffleWhereTheKeyIsDerived() throws Exception {
        List<byte[]> mails = List.of(mail(1, "A.example", "x"), mail(2, "a.EXAMPLE", "y"), mail(3, "b.example", "z"));

        run("""
                - impute: { from_domain: none }
                - derive: { sender: "from_domain.lowerAscii()" }
                - profile: { id: sender, key: [sender], features: { seen: "count(1d)" } }""", mails);

        assertThat(highest("sender", "seen")).isEqualTo(Map.of("a.example", 2L, "b.example", 1L));
    }

    @Test
    void countsEveryRecordOnceInTheLedger() throws Exception {
        List<byte[]> mails =
                List.of(mail(1, "a", "x"), mail(1, "a", "x"), mail(2, "a", "drop"), mail(3, "a", "y"), new byte[] {1});

        run("""
                - filter: "subject != 'drop'"
                - deduplicate: { id: once, within: 1h }""", mails);

        assertThat(LEDGER)
                .isEqualTo(Map.of(
                        "acme/IN", 4L,
                        "acme/OUT", 2L,
                        "acme/DUPLICATE", 1L,
                        "acme/FILTERED", 1L,
                        "/IN", 1L,
                        "/REJECTED", 1L));
        assertThat(new LakeFiles(directory + "/scored").rows()).isEqualTo(2);
        assertThat(new LakeFiles(directory + "/rejects").rows()).isEqualTo(1);
    }

    private static byte[] mail(int id, String domain, String subject) {
        return Mails.mail(4, "event_id", "id-" + id, "from_domain", domain, "subject", subject)
                .data();
    }

    private void run(String steps, List<byte[]> mails) throws Exception {
        LEDGER.clear();
        Plan plan = plan(steps);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        DatamillJob.define(
                env, plan, Map.of("", env.fromData(records(plan, mails), KeyedRecordTypeInformation.INSTANCE)));
        env.execute();
    }

    private Plan plan(String steps) throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).plan("""
                        pipeline: test
                        source: { kinesis: { stream: none, start: latest } }
                        adapter: { avro: { registry: kinesis-fixtures/email-metadata/schemas, schema: email-metadata-v4 } }
                        event: { id: event_id, time: received_at, tenant: org_id }
                        steps:
                        %s
                        sinks: [ { s3: { path: "%s/scored" } } ]
                        rejects: { s3: { path: "%s/rejects" } }
                        ledger: { url: none }
                        """.formatted(steps.indent(2), directory, directory));
        return plan.withAccounts(new Plan.Accounts(plan.accounts().rejects(), inMemory(), null, null));
    }

    private static LedgerConfig inMemory() {
        return (totals, pipeline) -> {
            DataStream<LedgerEntry> kept = totals.map(total -> {
                        String entry = total.tenant() + "/" + total.fate();
                        LEDGER.merge(entry, total.count(), Math::max);
                        return total;
                    })
                    .returns(LedgerEntry.class);
            return kept.filter(total -> false).map(total -> (Reject) null).returns(TypeInformation.of(Reject.class));
        };
    }

    private static List<KeyedRecord> records(Plan plan, List<byte[]> mails) throws Exception {
        Peek peek = plan.peek(plan.input());
        peek.open();
        List<KeyedRecord> records = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            Position position = new Position("memory", "shard", Integer.toString(i), Events.ARRIVAL);
            records.add(peek.peek(new SourceRecord(position, "", mails.get(i))));
        }
        return records;
    }

    /** The highest count of each value of a field. */
    private Map<String, Long> highest(String field, String count) throws Exception {
        Map<String, Long> highest = new TreeMap<>();
        new LakeFiles(directory + "/scored")
                .forEach((GenericRecord row) ->
                        highest.merge(row.get(field).toString(), (Long) row.get(count), Math::max));
        return highest;
    }
}
