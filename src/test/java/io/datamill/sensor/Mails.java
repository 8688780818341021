package io.datamill.sensor;

import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.avro.generic.GenericRecord;

/** Mails written in a test, read by a sensor whose clock stands still. */
final class Mails {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final SchemaRegistry SCHEMAS = new RegistryLocation("kinesis-fixtures/email-metadata/schemas").open();
    static final EmailSensor SENSOR =
            new EmailSensor(SCHEMAS.byName("email-metadata-v4"), Clock.fixed(NOW, ZoneOffset.UTC));

    private Mails() {}

    /** One char is one byte; line ends become CR LF. */
    static GenericRecord read(String mail) {
        return SENSOR.read(bytes(mail), "acme", "s1");
    }

    static byte[] bytes(String mail) {
        return mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
