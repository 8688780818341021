package io.datamill.bench;

import io.datamill.schema.RecordEncoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import io.datamill.sensor.EmailSensor;
import io.datamill.sensor.MailSource;
import io.datamill.sensor.RawMail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The real mails that the demo streams too, as framed records of email-metadata v4 of three tenants. */
final class BenchMails {
    private static final List<String> GROUPS = List.of("easy-ham-1", "hard-ham-1", "spam-1");
    private static final List<String> TENANTS = List.of("acme", "globex", "initech");
    private static final String NEWEST = "email-metadata-v4";

    private BenchMails() {}

    /** Groups take turns, so that every stretch of the stream has mails of each. */
    static MailStream stream(Path corpus, String registry) throws IOException {
        SchemaRegistry schemas = new RegistryLocation(registry).open();
        Schema schema = schemas.byName(NEWEST);
        RecordEncoder encoder = new RecordEncoder(schemas.register(NEWEST, schema), schema, false);
        EmailSensor sensor = new EmailSensor(schema, Clock.systemUTC());
        List<byte[]> records = new ArrayList<>();
        List<MailSource> sources = new ArrayList<>();
        for (String group : GROUPS) {
            sources.add(MailSource.open(corpus.resolve(group)));
        }
        while (!sources.isEmpty()) {
            for (MailSource source : List.copyOf(sources)) {
                RawMail mail = source.next();
                if (mail == null) {
                    source.close();
                    sources.remove(source);
                } else {
                    String tenant = TENANTS.get(records.size() % TENANTS.size());
                    records.add(encoder.encode(sensor.read(mail, tenant, "sensor-" + tenant)));
                }
            }
        }
        return new MailStream(records);
    }
}
