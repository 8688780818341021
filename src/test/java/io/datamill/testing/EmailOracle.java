package io.datamill.testing;

import io.datamill.event.Fate;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * What the email-trust pipeline shall do with records in the order they were sent, worked out in plain Java: it shares
 * no code with the pipeline and knows no Flink. Records of one sender have to arrive in that order.
 */
public final class EmailOracle {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long YEAR_1990 = 631_152_000_000L;
    private static final long DAY = 24 * HOUR;

    /** An event that is to be in every store. */
    public record Accepted(String tenant, String id, long time, long seenLastHour, long seenLastDay, long firstSeen) {}

    private final Map<UUID, Schema> schemas;
    private final Schema reader;
    private final Map<String, Accepted> accepted = new HashMap<>();
    private final Map<String, List<Long>> timesBySender = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<Fate, Long> fates = new HashMap<>();

    /** @param schemas every version of email-metadata by its id; version 4 is the one to read as */
    public EmailOracle(Map<UUID, Schema> schemas, File version4) throws IOException {
        this.schemas = schemas;
        this.reader = new Schema.Parser().parse(version4);
    }

    /** The next record of the stream. */
    public void send(byte[] data, long sentAt) {
        count(Fate.IN);
        count(fate(data, sentAt));
    }

    public Map<String, Accepted> accepted() {
        return accepted;
    }

    /** How many records had this fate. */
    public long of(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    @Override
    public String toString() {
        return fates.toString();
    }

    private void count(Fate fate) {
        fates.merge(fate, 1L, Long::sum);
    }

    private Fate fate(byte[] data, long sentAt) {
        GenericRecord mail = decode(data);
        if (mail == null
                || text(mail, "org_id").isBlank()
                || data.length > 512 * 1024
                || (long) mail.get("received_at") < YEAR_1990
                || (long) mail.get("received_at") > sentAt + DAY) {
            return Fate.REJECTED;
        }
        if ((int) mail.get("hop_count") == 0) {
            return Fate.FILTERED;
        }
        String tenant = text(mail, "org_id");
        String id = text(mail, "event_id");
        if (!ids.add(tenant + "|" + id)) {
            return Fate.DUPLICATE;
        }
        List<Long> times =
                timesBySender.computeIfAbsent(tenant + "|" + mail.get("from_domain"), sender -> new ArrayList<>());
        long time = (long) mail.get("received_at");
        times.add(time);
        if (text(mail, "subject").indexOf('\0') >= 0) {
            return Fate.REJECTED; // No store can take it, but the sender was seen.
        }
        accepted.put(
                tenant + "|" + id,
                new Accepted(
                        tenant,
                        id,
                        time,
                        within(times, time, MINUTE, 60),
                        within(times, time, HOUR, 24),
                        times.stream().min(Long::compare).orElseThrow()));
        return Fate.OUT;
    }

    /** Times in this time's slot and those before it, as many as the window has. */
    private static long within(List<Long> times, long time, long slot, long slots) {
        long now = time / slot;
        return times.stream()
                .filter(t -> t / slot <= now && t / slot > now - slots)
                .count();
    }

    private GenericRecord decode(byte[] data) {
        if (data.length < 18 || data[0] != 3 || data[1] != 0) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(data, 2, 16);
        Schema writer = schemas.get(new UUID(header.getLong(), header.getLong()));
        if (writer == null) {
            return null;
        }
        try {
            return new GenericDatumReader<GenericRecord>(writer, reader)
                    .read(null, DecoderFactory.get().binaryDecoder(data, 18, data.length - 18, null));
        } catch (IOException | RuntimeException e) {
            return null; // what Avro cannot read is to be rejected
        }
    }

    private static String text(GenericRecord mail, String field) {
        Object value = mail.get(field);
        return value == null ? "" : value.toString();
    }
}
