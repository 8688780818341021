package io.datamill.bench;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An endless stream of framed records of email-metadata v4, made from real ones: each has an id of its own and comes
 * 100 ms after the one before, in event time. A record costs one copy, the same for the loop and for the job.
 */
final class MailStream implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 2026-01-01T00:00:00Z; for decades after it the zig-zag form has six bytes. */
    static final long START = 1_767_225_600_000L;

    private static final int STEP_MILLIS = 100;
    private static final int HEADER = 18;
    private static final int ID_DIGITS = 16;
    private static final int TIME_BYTES = 6;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[][] templates;
    private final int[] timeAt;

    /** @param records framed, uncompressed, whose event_id has at least 16 characters */
    MailStream(List<byte[]> records) {
        templates = records.toArray(byte[][]::new);
        timeAt = records.stream().mapToInt(MailStream::timeOffset).toArray();
    }

    SourceRecord get(long number) {
        int template = (int) (number % templates.length);
        byte[] data = templates[template].clone();
        long rest = number;
        for (int i = HEADER + ID_DIGITS; i > HEADER; i--) {
            data[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
        long time = START + number * STEP_MILLIS;
        long zigzag = time << 1;
        for (int i = 0; i < TIME_BYTES; i++) {
            boolean last = i == TIME_BYTES - 1;
            data[timeAt[template] + i] = (byte) ((zigzag & 0x7f) | (last ? 0 : 0x80));
            zigzag >>>= 7;
        }
        return new SourceRecord(new Position("bench", "shardId-000000000000", Long.toString(number), time), "", data);
    }

    /** Behind event_id, org_id and sensor_id, the first fields of the schema. */
    private static int timeOffset(byte[] record) {
        int at = HEADER;
        for (int field = 0; field < 3; field++) {
            int length = 0;
            int shift = 0;
            byte next;
            do {
                next = record[at++];
                length |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            at += length >> 1;
        }
        return at;
    }
}
