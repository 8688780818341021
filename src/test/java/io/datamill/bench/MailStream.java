package io.datamill.bench;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An endless stream of framed records of email-metadata v4, made from real ones: each has an id of its own and comes
 * a second after the one before, in event time. A record costs one copy, the same for the loop and for the job.
 */
final class MailStream implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 2026-01-01T00:00:00Z; for decades after it the zig-zag form has six bytes. */
    static final long START = 1_767_225_600_000L;

    /** Odd, so that no two numbers give one id; real ids are hashes, and those in a row would collide in maps. */
    private static final long SCATTER = 0x9E3779B97F4A7C15L;

    /** So the deduplicate step, which looks back 24 hours, holds about 86,400 ids. */
    private static final int STEP_MILLIS = 1000;

    /** After all event times, as when a stream is read again from its start: so many records arrive in a millisecond. */
    private static final int ARRIVALS_PER_MILLI = 20;

    private static final long FIRST_ARRIVAL = START + Duration.ofDays(365).toMillis();
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
        long rest = number * SCATTER;
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
        long arrival = FIRST_ARRIVAL + number / ARRIVALS_PER_MILLI;
        return new SourceRecord(
                new Position("bench", "shardId-000000000000", Long.toString(number), arrival), "", data);
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
