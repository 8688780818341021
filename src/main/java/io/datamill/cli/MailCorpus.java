package io.datamill.cli;

import io.datamill.sensor.EmailSensor;
import io.datamill.sensor.MailSource;
import io.datamill.sensor.RawMail;
import io.datamill.step.score.training.Corpus;
import io.datamill.step.score.training.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.codec.digest.DigestUtils;

/** Raw mails of one kind as the training takes them: what the sensor would have told of each. */
final class MailCorpus {
    private static final String NOBODY = "training";
    /** Of mails that tell no time: any, as long as it is the same each time. */
    private static final Clock NO_TIME = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private MailCorpus() {}

    /** @param schema email-metadata-v4 */
    static Corpus read(Path path, boolean trusted, Schema schema) throws IOException {
        EmailSensor sensor = new EmailSensor(schema, NO_TIME);
        MessageDigest digest = DigestUtils.getSha256Digest();
        List<Sample> samples = new ArrayList<>();
        try (MailSource mails = MailSource.open(path)) {
            for (RawMail mail = mails.next(); mail != null; mail = mails.next()) {
                digest.update(
                        ByteBuffer.allocate(Long.BYTES).putLong(mail.size()).array());
                digest.update(mail.bytes());
                samples.add(sample(sensor.read(mail, NOBODY, NOBODY), trusted));
            }
        }
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        return new Corpus(name, trusted, HexFormat.of().formatHex(digest.digest()), samples);
    }

    private static Sample sample(GenericRecord record, boolean trusted) {
        Object[] values = new Object[record.getSchema().getFields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i);
        }
        // A mail that went to several people has one message id and several headers.
        String id = text(record.get("message_id"));
        String group = text(record.get("from_domain"));
        return new Sample(id.isEmpty() ? text(record.get("event_id")) : id, group, trusted, values);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
