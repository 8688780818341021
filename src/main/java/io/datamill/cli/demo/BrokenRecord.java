package io.datamill.cli.demo;

import io.datamill.schema.RecordEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** The ways a record can be wrong that the demo streams among good ones, each with the reason it is rejected for. */
public enum BrokenRecord {
    TRUNCATED("TRUNCATED"),
    UNKNOWN_SCHEMA("UNKNOWN_SCHEMA"),
    WRONG_HEADER("WRONG_HEADER"),
    NO_TENANT("NO_TENANT"),
    NUL_IN_SUBJECT("NUL_CHARACTER"),
    TIME_IN_1970("TIME_OUT_OF_RANGE"),
    TIME_IN_2100("TIME_OUT_OF_RANGE"),
    ONE_MEBIBYTE("RECORD_TOO_LARGE");

    /** A record and its partition key, which counts towards the limit, of at most 256 characters. */
    private static final int LARGEST_DATA = (1 << 20) - 256;

    private static final long IN_1970 = 86_400_000L;
    private static final long IN_2100 = 4_102_531_200_000L;

    private final String reason;

    BrokenRecord(String reason) {
        this.reason = reason;
    }

    /** The reason code of the reject. */
    public String reason() {
        return reason;
    }

    /**
     * Breaks a good record of email-metadata v4.
     *
     * @param id the id of v4 in the registry
     * @return what to put on the stream
     */
    public byte[] of(GenericRecord good, UUID id) {
        return switch (this) {
            case TRUNCATED -> {
                byte[] whole = encode(good, id, r -> {});
                yield Arrays.copyOf(whole, whole.length * 2 / 3);
            }
            case UNKNOWN_SCHEMA -> {
                byte[] whole = encode(good, id, r -> {});
                ByteBuffer.wrap(whole, 2, 16).putLong(0xBADL).putLong(0xBADL);
                yield whole;
            }
            case WRONG_HEADER -> {
                byte[] whole = encode(good, id, r -> {});
                whole[0] = 'X';
                yield whole;
            }
            case NO_TENANT -> encode(good, id, r -> r.put("org_id", ""));
            case NUL_IN_SUBJECT -> encode(good, id, r -> r.put("subject", "win\u0000now"));
            case TIME_IN_1970 -> encode(good, id, r -> r.put("received_at", IN_1970));
            case TIME_IN_2100 -> encode(good, id, r -> r.put("received_at", IN_2100));
            case ONE_MEBIBYTE -> {
                int room = LARGEST_DATA - encode(good, id, r -> r.put("subject", "")).length - 4;
                yield encode(good, id, r -> r.put("subject", "x".repeat(room)));
            }
        };
    }

    private static byte[] encode(GenericRecord good, UUID id, Consumer<GenericRecord> change) {
        Schema schema = good.getSchema();
        GenericRecord copy = new GenericData.Record((GenericData.Record) good, true);
        change.accept(copy);
        return new RecordEncoder(id, schema, false).encode(copy);
    }
}
