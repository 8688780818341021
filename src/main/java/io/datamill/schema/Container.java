package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of an Avro object container (Avro specification 1.11, "Object Container Files"), which nobody vouches for:
 * lengths it states are never allocated unchecked. Avro's own DataFileStream allocates what a block states.
 */
final class Container {
    static final byte[] MAGIC = {'O', 'b', 'j', 1};
    static final int SYNC = 16;

    private final ByteCursor in = new ByteCursor();
    private final byte[] schema;
    private final byte[] sync;
    private final BlockCodec codec;
    private int inflatable;
    private ContainerFrame single;

    /** A block that was inflated: {@code count} datums, one behind the other. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Block(long count, byte[] bytes) {}

    /**
     * Reads the header.
     *
     * @param inflatable bytes that all blocks together may inflate to
     * @throws BadInput when the bytes do not begin with a header
     */
    Container(byte[] bytes, int inflatable) throws BadInput {
        this.inflatable = inflatable;
        in.reset(bytes, 0, bytes.length);
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BadInput(Reason.WRONG_HEADER, "the first bytes are not those of an Avro container, 'Obj' and 1");
        }
        in.advance(MAGIC.length);
        byte[] foundSchema = null;
        String foundCodec = "null";
        for (long entries = entries(); entries != 0; entries = entries()) {
            for (long i = 0; i < entries; i++) {
                String key = new String(field(), StandardCharsets.UTF_8);
                byte[] value = field();
                if (key.equals("avro.schema")) {
                    foundSchema = value;
                } else if (key.equals("avro.codec")) {
                    foundCodec = new String(value, StandardCharsets.UTF_8);
                }
            }
        }
        if (foundSchema == null) {
            throw new BadInput(Reason.WRONG_HEADER, "the container's header has no avro.schema");
        }
        this.schema = foundSchema;
        this.codec = BlockCodec.named(foundCodec);
        int from = in.advance(SYNC);
        this.sync = Arrays.copyOfRange(bytes, from, from + SYNC);
    }

    /** The writer's schema: JSON in UTF-8. */
    byte[] schema() {
        return schema;
    }

    /** The next block, or null at the end. */
    Block next() throws BadInput {
        if (in.remaining() == 0) {
            return null;
        }
        long count = in.readLong();
        if (count < 0) {
            throw new BadInput(Reason.MALFORMED, "block of " + count + " datums, before byte " + in.position());
        }
        int length = in.readLength();
        byte[] block = codec.inflated(in.bytes(), in.advance(length), length, inflatable);
        inflatable -= block.length;
        int at = in.advance(SYNC);
        if (!Arrays.equals(in.bytes(), at, at + SYNC, sync, 0, SYNC)) {
            throw new BadInput(
                    Reason.MALFORMED, "the block that ends at byte " + at + " is not followed by the sync marker");
        }
        return new Block(count, block);
    }

    /** A container of the same schema, not compressed, that holds one datum. */
    byte[] alone(byte[] bytes, int offset, int length) {
        if (single == null) {
            single = new ContainerFrame(schema, sync);
        }
        return single.around(bytes, offset, length);
    }

    /** How many entries the next block of the header's map has; 0 at its end. */
    private long entries() throws BadInput {
        long count = in.readLong();
        if (count < 0) {
            in.readLong(); // the block's size in bytes
            count = -count;
        }
        if (count < 0 || count > in.remaining()) {
            throw new BadInput(
                    Reason.TRUNCATED, "header of " + count + " entries, where " + in.remaining() + " bytes are left");
        }
        return count;
    }

    private byte[] field() throws BadInput {
        int length = in.readLength();
        int from = in.advance(length);
        return Arrays.copyOfRange(in.bytes(), from, from + length);
    }
}
