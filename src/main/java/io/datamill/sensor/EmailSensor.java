package io.datamill.sensor;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads one mail into an EmailMetadata record of schema email-metadata-v4. It never throws for what a mail holds: what
 * cannot be read is null. It does not clean either; a subject with U+0000 is told as it was sent.
 *
 * <p>{@code received_at} is the date of the top-most Received header, which the receiving side wrote, else the Date
 * header, else the clock. {@code sender_ip} is the peer of the first hop from the top that saw a public address: the
 * hops above it are the receiving side's own relays, and those below it were written by the sender's side, which may
 * write what it likes.
 */
public final class EmailSensor {
    private static final int MAX_SUBJECT = 998; // RFC 5322's longest line
    private static final int MAX_TEXT = 256;
    private static final int MAX_ITEMS = 50;
    private static final byte[] FROM_LINE = "From ".getBytes(StandardCharsets.US_ASCII);

    private final Schema schema;
    private final Schema hopSchema;
    private final Schema attachmentSchema;
    private final Clock clock;

    /**
     * @param schema email-metadata-v4
     * @param clock for mails that tell no time
     */
    public EmailSensor(Schema schema, Clock clock) {
        this.schema = schema;
        this.hopSchema = schema.getField("hops").schema().getElementType();
        this.attachmentSchema = schema.getField("attachments").schema().getElementType();
        this.clock = clock;
    }

    /** Reads a whole mail; a {@code From } line of an mbox in front is left out. */
    public GenericRecord read(byte[] mail, String orgId, String sensorId) {
        return read(new RawMail("", mail), orgId, sensorId);
    }

    /**
     * @param orgId the tenant
     * @param sensorId who tells it
     */
    public GenericRecord read(RawMail mail, String orgId, String sensorId) {
        int start = start(mail.bytes());
        ParsedMail parsed = new ParsedMail(mail.bytes(), start, mail.truncated());
        GenericRecord record = new GenericData.Record(schema);
        record.put("event_id", EventId.of(mail.bytes(), start, orgId));
        record.put("org_id", orgId);
        record.put("sensor_id", sensorId);
        record.put("size_bytes", mail.size() - start);
        putSender(record, parsed.header());
        putText(record, parsed.header());
        putHops(record, parsed.header());
        putBody(record, parsed);
        return record;
    }

    private static void putSender(GenericRecord record, MailHeader header) {
        MailAddress from = MailAddress.first(header.first("from"));
        record.put("from_address", from.address());
        record.put("from_domain", from.domain());
        record.put("from_name", from.name());
        MailAddress replyTo = MailAddress.first(header.first("reply-to"));
        record.put("reply_to_address", replyTo.address());
        record.put("reply_to_domain", replyTo.domain());
        AuthenticationResults results = AuthenticationResults.of(header);
        record.put("spf", results.spf());
        record.put("dkim", results.dkim());
        record.put("dmarc", results.dmarc());
    }

    private static void putText(GenericRecord record, MailHeader header) {
        record.put("message_id", withoutBrackets(HeaderText.of(header.first("message-id"), MAX_SUBJECT)));
        record.put("subject", HeaderText.of(header.first("subject"), MAX_SUBJECT));
        record.put("list_id", listId(HeaderText.of(header.first("list-id"), MAX_SUBJECT)));
        String mailer = header.first("x-mailer");
        record.put("mailer", HeaderText.of(mailer != null ? mailer : header.first("user-agent"), MAX_TEXT));
        List<String> recipients = new ArrayList<>();
        for (String name : List.of("to", "cc")) {
            header.all(name)
                    .forEach(value -> MailAddress.parse(value).stream()
                            .map(MailAddress::address)
                            .filter(address -> address != null)
                            .forEach(recipients::add));
        }
        record.put("recipients", first(recipients));
        record.put("recipient_count", recipients.size());
    }

    private void putHops(GenericRecord record, MailHeader header) {
        List<String> received = header.all("received");
        List<ReceivedHop> hops =
                first(received).stream().map(ReceivedHop::parse).toList();
        List<GenericRecord> records = new ArrayList<>();
        for (ReceivedHop hop : hops) {
            GenericRecord avro = new GenericData.Record(hopSchema);
            avro.put("from", hop.from());
            avro.put("by", hop.by());
            avro.put("ip", hop.ip());
            avro.put("at", hop.at());
            records.add(avro);
        }
        record.put("hops", records);
        record.put("hop_count", received.size());
        record.put(
                "sender_ip",
                hops.stream()
                        .map(ReceivedHop::ip)
                        .filter(ip -> ip != null && IpAddress.isPublic(ip))
                        .findFirst()
                        .orElse(null));
        Long sentAt = MailDate.parse(header.first("date"));
        record.put("sent_at", sentAt);
        Long receivedAt = hops.isEmpty() ? null : hops.get(0).at();
        record.put("received_at", receivedAt != null ? receivedAt : sentAt != null ? sentAt : (Long) clock.millis());
    }

    private void putBody(GenericRecord record, ParsedMail parsed) {
        record.put("content_type", parsed.contentType());
        List<GenericRecord> attachments = new ArrayList<>();
        for (MailPart part : parsed.attachments()) {
            GenericRecord avro = new GenericData.Record(attachmentSchema);
            avro.put("name", part.name());
            avro.put("type", part.type());
            avro.put("size", part.size());
            attachments.add(avro);
        }
        record.put("attachments", attachments);
        record.put("attachment_count", parsed.attachmentCount());
        record.put("url_count", parsed.urls().count());
        record.put("url_domains", parsed.urls().domains());
    }

    private static int start(byte[] mail) {
        if (mail.length < FROM_LINE.length
                || !Arrays.equals(mail, 0, FROM_LINE.length, FROM_LINE, 0, FROM_LINE.length)) {
            return 0;
        }
        int i = 0;
        while (i < mail.length && mail[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, mail.length);
    }

    private static <T> List<T> first(List<T> all) {
        return all.size() <= MAX_ITEMS ? all : all.subList(0, MAX_ITEMS);
    }

    private static String withoutBrackets(String id) {
        return id != null && id.startsWith("<") && id.endsWith(">") && id.length() > 2
                ? id.substring(1, id.length() - 1)
                : id;
    }

    /** RFC 2919: a phrase, then the id in angle brackets. */
    private static String listId(String value) {
        int open = value == null ? -1 : value.lastIndexOf('<');
        int close = open < 0 ? -1 : value.indexOf('>', open);
        return HeaderText.of(close > open + 1 ? value.substring(open + 1, close) : value, MAX_TEXT);
    }
}
