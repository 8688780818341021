package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.datamill.schema.RecordEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a mail holds, the sensor gives a record that can be written. */
class MalformedMailTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n\n",
                "no header at all",
                ":",
                ": x\n: y\n\n",
                "From \n",
                "From: \nTo: ,,,;;;<>\nReceived: \nDate: \nSubject: \nMessage-ID: <>\nList-Id: <\n\n",
                "Content-Type: multipart/mixed\n\n--\n--x\n",
                "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\n--\n",
                "Content-Type: ;;;=;\nContent-Transfer-Encoding: base64\n\n!!!!",
                "Subject: =?utf-8?B?////?= =?nope?Q?=ZZ?= =?utf-8?X?x?=\n\n",
                "Received: from [[[[::::]]]] ((((((( by by by ; ; ;\n\n",
                "Authentication-Results: ((((;=;spf=;dkim==;dmarc\n\n"
            })
    void readsWhatIsThere(String mail) {
        assertWritable(Mails.read(mail));
    }

    @Test
    void aBrokenLineDoesNotHideTheFieldsBehindIt() {
        GenericRecord record =
                Mails.read("Subject: hi\nthis is no field\n\u0001\u0002: x\nFrom: ann@sender.example\n\nx");

        assertThat(record.get("subject")).isEqualTo("hi");
        assertThat(record.get("from_domain")).isEqualTo("sender.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ann <ann@sender.example              | ann@sender.example",
                "\"Ann <ann@sender.example>           | ann@sender.example",
                "ann@sender.example (Ann              | ann@sender.example",
                "<<ann@sender.example>>               | ann@sender.example",
                "Ann [ann@sender.example]             | ann@sender.example",
                "Ann @ home <ann@sender.example>      | ann@sender.example",
                "ann                                  | ann"
            })
    void findsAnAddressInAMalformedFrom(String from, String address) {
        GenericRecord record = Mails.read("From: " + from + "\n\n");

        assertWritable(record);
        assertThat(String.valueOf(record.get("from_address"))).contains(address);
    }

    @Test
    void fiveThousandNestedPartsDoNotOverflowTheStack() {
        StringBuilder mail = new StringBuilder("Subject: deep\nContent-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 5_000; i++) {
            mail.append("--b" + i + "\nContent-Type: multipart/mixed; boundary=b" + (i + 1) + "\n\n");
        }
        GenericRecord record = Mails.read(mail.toString());

        assertWritable(record);
        assertThat(record.get("subject")).isEqualTo("deep");
        assertThat(record.get("attachment_count")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"19, 1", "20, "})
    void partsAreLookedIntoDownToTwentyLevels(int levels, Integer attachments) {
        StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < levels; i++) {
            mail.append("--b" + i + "\nContent-Type: multipart/mixed; boundary=b" + (i + 1) + "\n\n");
        }
        mail.append("--b" + levels + "\nContent-Type: image/png\n\nx\n");
        for (int i = levels; i >= 0; i--) {
            mail.append("--b" + i + "--\n");
        }

        assertThat(Mails.read(mail.toString()).get("attachment_count")).isEqualTo(attachments);
    }

    @Test
    void tenThousandPartsEndInAnUnknownCount() {
        String mail =
                "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: image/png\n\nx\n".repeat(10_000);
        GenericRecord record = Mails.read(mail);

        assertThat(record.get("attachment_count")).isNull();
        assertThat((List<?>) record.get("attachments")).hasSize(50);
    }

    @Test
    void aHeaderLineOfAMegabyteDoesNotHideTheFieldsBehindIt() {
        GenericRecord record = Mails.read(
                "X-Long: " + "x".repeat(1 << 20) + "\nSubject: " + "s".repeat(5_000) + "\nFrom: a@b.example\n\n");

        assertThat(record.get("from_domain")).isEqualTo("b.example");
        assertThat(record.get("subject")).asString().hasSize(998);
    }

    @Test
    void listsAreCutButCounted() {
        String hops = "Received: from a ([192.0.2.1]) by b; Tue, 3 Mar 2026 10:00:00 +0100\n".repeat(300);
        GenericRecord record = Mails.read(hops + "To: " + "a@b.example, ".repeat(300) + "c@d.example\n\n");

        assertThat(record.get("hop_count")).isEqualTo(300);
        assertThat((List<?>) record.get("hops")).hasSize(50);
        assertThat(record.get("recipient_count")).isEqualTo(301);
        assertThat((List<?>) record.get("recipients")).hasSize(50);
    }

    @Test
    void aTruncatedMailKeepsItsTrueSizeAndAnUnknownAttachmentCount() {
        RawMail mail = new RawMail("big", Mails.bytes("From: a@b.example\n\nstart of"), 90_000_000);
        GenericRecord record = Mails.SENSOR.read(mail, "acme", "s1");

        assertThat(record.get("size_bytes")).isEqualTo(90_000_000L);
        assertThat(record.get("attachment_count")).isNull();
        assertThat(record.get("from_domain")).isEqualTo("b.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?", "(", "<", "\"", ",", "a@b,", ";", "[1.2.3.4] ", "=?utf-8?Q?a?= "})
    void aHeaderFullOfOneThingTakesNoLongTime(String thing) {
        String much = thing.repeat((1 << 18) / thing.length());
        assertTimeout(Duration.ofSeconds(15), () -> {
            for (String name : List.of("From", "To", "Subject", "Received", "Authentication-Results", "Content-Type")) {
                Mails.read(name + ": " + much + "\n\n");
            }
        });
    }

    @Test
    void aTextThatIsCutInAnEmojiCanStillBeWritten() {
        String emoji = "=?utf-8?B?" + "8J+YgPCfmIDwn5iA".repeat(200) + "?=";
        GenericRecord record = Mails.read("Subject: xx " + emoji + "\n\n");

        assertThat(record.get("subject")).isEqualTo("xx " + "\uD83D\uDE00".repeat(497));
    }

    @Test
    void randomBytesAndDamagedMailsGiveRecords() {
        Random random = new Random(7);
        byte[] good = Mails.bytes("""
                From: a@b.example
                To: c@d.example
                Content-Type: multipart/mixed; boundary=b
                Received: from x (y [192.0.2.1]) by z; Tue, 3 Mar 2026 10:00:00 +0100

                --b

                http://x.example
                --b--
                """);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = good.clone();
            if (i % 10 == 0) {
                random.nextBytes(bytes);
            } else {
                for (int j = 0; j < 8; j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            assertWritable(Mails.SENSOR.read(bytes, "acme", "s1"));
        }
    }

    private static void assertWritable(GenericRecord record) {
        for (int version = 1; version <= 4; version++) {
            var schema = Mails.SCHEMAS.byName("email-metadata-v" + version);
            byte[] framed = new RecordEncoder(new UUID(0, 0), schema, false).encode(EmailVersions.as(record, schema));
            assertThat(framed).hasSizeGreaterThan(50);
        }
    }
}
