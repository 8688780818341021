package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.UndecodableException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailVersionsTest {
    private static final String MAIL = "From: Ann <ann@sender.example>\nReceived-SPF: pass\nDate: "
            + "Tue, 3 Mar 2026 10:00:00 +0100\nReceived: from a ([192.0.2.1]) by b; Tue, 3 Mar 2026 10:00:05 +0100\n"
            + "Content-Type: text/plain\n\nhttps://x.example\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whatAnyVersionWritesTheNewestReads(int version) throws UndecodableException {
        GenericRecord sent = Mails.read(MAIL);
        GenericRecord read = throughTheWire(sent, version);

        for (String field : List.of("event_id", "received_at", "sent_at", "from_address", "from_domain", "sender_ip")) {
            assertThat(read.get(field)).as(field).isEqualTo(sent.get(field));
        }
        assertThat(read.get("hops")).hasToString(sent.get("hops").toString());
        assertThat(read.get("size_bytes")).isEqualTo(sent.get("size_bytes"));
        assertThat(read.get("spf")).isEqualTo(version == 1 ? null : "pass");
        assertThat(read.get("url_domains")).isEqualTo(version == 1 ? List.of() : List.of("x.example"));
    }

    @Test
    void anOldVersionKnowsNoNullAndNoLargeSize() throws UndecodableException {
        RawMail huge = new RawMail("", Mails.bytes("Subject: x\n\n"), 5_000_000_000L);
        GenericRecord read = throughTheWire(Mails.SENSOR.read(huge, "acme", "s1"), 3);

        assertThat(read.get("sender_ip")).isEqualTo("");
        assertThat(read.get("attachment_count")).isEqualTo(0);
        assertThat(read.get("size_bytes")).isEqualTo((long) Integer.MAX_VALUE);
    }

    @Test
    void movingAMailToNowKeepsTheTimesBetweenItsTimes() {
        GenericRecord record = Mails.read(MAIL);
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        EmailVersions.receivedAt(record, now);

        assertThat(record.get("received_at")).isEqualTo(now.toEpochMilli());
        assertThat(record.get("sent_at")).isEqualTo(now.toEpochMilli() - 5_000);
        assertThat(((GenericRecord) ((List<?>) record.get("hops")).get(0)).get("at"))
                .isEqualTo(now.toEpochMilli());
    }

    private static GenericRecord throughTheWire(GenericRecord record, int version) throws UndecodableException {
        String name = "email-metadata-v" + version;
        Schema schema = Mails.SCHEMAS.byName(name);
        RecordEncoder encoder = new RecordEncoder(Mails.SCHEMAS.register(name, schema), schema, version % 2 == 0);
        try (RecordDecoder decoder = RecordDecoder.full(Mails.SCHEMAS, Mails.SCHEMAS.byName("email-metadata-v4"))) {
            return decoder.decode(encoder.encode(EmailVersions.as(record, schema)), null)
                    .record();
        }
    }
}
