package io.datamill.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class EmailSensorTest {
    private static final String MAIL = """
            Received: from relay.acme.example (relay.acme.example [10.0.0.7])
            	by mx.acme.example (Postfix) with ESMTP id 1; Tue, 3 Mar 2026 10:00:02 +0100 (CET)
            Received: from [192.168.1.1] (mail.sender.example [203.0.113.9])
            	by relay.acme.example with ESMTPS; Tue,  3 Mar 2026 10:00:01 +0100
            Received: from laptop (unknown [198.51.100.4]) by mail.sender.example; Tue, 3 Mar 2026 10:00:00 +0100
            Authentication-Results: mx.acme.example;
              spf=Pass (sender (really; yes) is fine) smtp.mailfrom=ann@sender.example;
              dkim=fail header.d=other.example; dkim=pass header.d=sender.example; dmarc=none
            Authentication-Results: forged.example; spf=fail; dmarc=pass
            From: =?UTF-8?Q?J=C3=BCrgen?= =?UTF-8?Q?_M?= <Ann.Lee@Sender.EXAMPLE.>
            Reply-To: "Ann, again" <ann@b\u00fccher.example>
            To: Bob <bob@acme.example>, carol@acme.example
            Cc: team: dan@acme.example;
            Subject: =?ISO-8859-1?B?R3L832U=?=
              again
            Date: Tue, 3 Mar 2026 09:59:58 +0100
            Message-ID: <1@sender.example>
            List-Id: A list <news.sender.example>
            X-Mailer: Mail 1.0
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: multipart/alternative; boundary="c"

            --c
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            See https://User:pw@Shop.example:8080/x?a=3Db and http://shop.example. Bye
            --c
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            PGEgaHJlZj0iaHR0cHM6Ly9vdGhlci5leGFtcGxlL3giPng8L2E+
            --c--
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf
            Content-Transfer-Encoding: base64

            AAECAwQ=
            --b
            Content-Type: text/plain; name="notes.txt"

            http://third.example/
            --b--
            """;

    private final GenericRecord record = Mails.read(MAIL);

    @Test
    void readsWhoSentItToWhom() {
        assertThat(record.get("from_address")).isEqualTo("Ann.Lee@sender.example");
        assertThat(record.get("from_domain")).isEqualTo("sender.example");
        assertThat(record.get("from_name")).isEqualTo("Jürgen M");
        assertThat(record.get("reply_to_address")).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(record.get("reply_to_domain")).isEqualTo("xn--bcher-kva.example");
        assertThat(record.get("recipients"))
                .isEqualTo(List.of("bob@acme.example", "carol@acme.example", "dan@acme.example"));
        assertThat(record.get("recipient_count")).isEqualTo(3);
        assertThat(record.get("org_id")).isEqualTo("acme");
        assertThat(record.get("sensor_id")).isEqualTo("s1");
    }

    @Test
    void readsTheTextsOfTheHeader() {
        assertThat(record.get("subject")).isEqualTo("Grüße  again");
        assertThat(record.get("message_id")).isEqualTo("1@sender.example");
        assertThat(record.get("list_id")).isEqualTo("news.sender.example");
        assertThat(record.get("mailer")).isEqualTo("Mail 1.0");
        assertThat(record.get("content_type")).isEqualTo("multipart/mixed");
        assertThat(record.get("size_bytes")).isEqualTo((long) Mails.bytes(MAIL).length);
    }

    @Test
    void takesTheFirstPublicPeerFromTheTopAndNoneThatTheSenderWrote() {
        assertThat(record.get("hop_count")).isEqualTo(3);
        assertThat(hop(0).get("ip")).isEqualTo("10.0.0.7");
        assertThat(hop(1).get("from")).isEqualTo("[192.168.1.1]");
        assertThat(hop(1).get("by")).isEqualTo("relay.acme.example");
        assertThat(record.get("sender_ip")).isEqualTo("203.0.113.9");
    }

    @Test
    void readsItsTimes() {
        assertThat(record.get("received_at")).isEqualTo(millis("2026-03-03T09:00:02Z"));
        assertThat(record.get("sent_at")).isEqualTo(millis("2026-03-03T08:59:58Z"));
        assertThat(hop(2).get("at")).isEqualTo(millis("2026-03-03T09:00:00Z"));
    }

    @Test
    void believesOnlyTheTopMostAuthenticationResults() {
        assertThat(record.get("spf")).isEqualTo("pass");
        assertThat(record.get("dkim")).isEqualTo("pass");
        assertThat(record.get("dmarc")).isEqualTo("none");
    }

    @Test
    void countsUrlsAndAttachmentsInsideNestedParts() {
        assertThat(record.get("url_count")).isEqualTo(4);
        assertThat(record.get("url_domains")).isEqualTo(List.of("shop.example", "other.example", "third.example"));
        assertThat(record.get("attachment_count")).isEqualTo(2);
        assertThat(record.get("attachments"))
                .asString()
                .isEqualTo("[{\"name\": \"résumé.pdf\", \"type\": \"application/pdf\", \"size\": 5}, "
                        + "{\"name\": \"notes.txt\", \"type\": \"text/plain\", \"size\": 21}]");
    }

    @Test
    void neverTellsTheBody() {
        assertThat(record.toString()).doesNotContain("Bye", "See", "User", "href");
    }

    @Test
    void theSameMailHasTheSameIdInOneTenantOnly() {
        Object id = record.get("event_id");

        assertThat(id).asString().matches("[0-9a-f]{32}");
        assertThat(Mails.read(MAIL).get("event_id")).isEqualTo(id);
        assertThat(Mails.read(MAIL + "another end").get("event_id")).isEqualTo(id);
        assertThat(Mails.read(MAIL.replace("Mail 1.0", "Mail 1.1")).get("event_id"))
                .isNotEqualTo(id);
        assertThat(Mails.SENSOR.read(Mails.bytes(MAIL), "emca", "s1").get("event_id"))
                .isNotEqualTo(id);
    }

    @Test
    void anMboxLineInFrontChangesNothing() {
        GenericRecord other = Mails.read("From ann@sender.example Tue Mar  3 10:00:00 2026\n" + MAIL);

        assertThat(other).isEqualTo(record);
    }

    @Test
    void receivedSpfStandsInAndTheClockWhenThereIsNoDate() {
        GenericRecord bare = Mails.read("Received-SPF: SoftFail (x) client-ip=1.2.3.4\nFrom: a@b.example\n\nhi\n");

        assertThat(bare.get("spf")).isEqualTo("softfail");
        assertThat(bare.get("received_at")).isEqualTo(Mails.NOW.toEpochMilli());
        assertThat(bare.get("sent_at")).isNull();
        assertThat(bare.get("sender_ip")).isNull();
        assertThat(bare.get("content_type")).isNull();
        assertThat(bare.get("attachment_count")).isEqualTo(0);
    }

    @Test
    void tellsAControlCharacterInTheSubjectAsItWasSent() {
        assertThat(Mails.read("Subject: a\u0000b\n\n").get("subject")).isEqualTo("a\u0000b");
        assertThat(Mails.read("Subject: =?utf-8?Q?a=00b?=\n\n").get("subject")).isEqualTo("a\u0000b");
    }

    @Test
    void readsUtf8InHeadersThatDeclareNothing() {
        String utf8 = new String("Subject: Größe ✓\n\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(Mails.read(utf8).get("subject")).isEqualTo("Größe ✓");
        assertThat(Mails.read("Subject: Gr\u00f6\u00dfe\n\n").get("subject")).isEqualTo("Größe");
    }

    @Test
    void readsNamesOutsideOfLatin1() {
        GenericRecord read = Mails.read("From: =?UTF-8?B?5pel5pys?= <a@b.example>\nContent-Type: image/png\n"
                + "Content-Disposition: inline; filename*=UTF-8''%E6%97%A5.png\n\nx");

        assertThat(read.get("from_name")).isEqualTo("\u65e5\u672c");
        assertThat(read.get("attachments")).asString().contains("\u65e5.png");
    }

    private GenericRecord hop(int index) {
        return (GenericRecord) ((List<?>) record.get("hops")).get(index);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
