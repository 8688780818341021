package io.datamill.schema;

import com.github.luben.zstd.ZstdInputStream;
import io.datamill.schema.UndecodableException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;
import org.xerial.snappy.Snappy;

/**
 * The codecs of Avro object containers, for blocks that nobody vouches for: none inflates a block, or takes memory for
 * doing so, beyond its limit.
 */
enum BlockCodec {
    NULL("null") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) {
            return Arrays.copyOfRange(bytes, offset, offset + length);
        }
    },
    DEFLATE("deflate") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException {
            Inflater inflater = new Inflater(true);
            try (InputStream in = new InflaterInputStream(stream(bytes, offset, length), inflater)) {
                return bounded(in, limit);
            } finally {
                inflater.end();
            }
        }
    },
    /** Behind the block stands the CRC-32 of what it inflates to. */
    SNAPPY("snappy") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException {
            int compressed = length - Integer.BYTES;
            if (compressed < 0) {
                throw new IOException("no room for its checksum");
            }
            int stated = Snappy.uncompressedLength(bytes, offset, compressed);
            if (stated < 0 || stated > limit) {
                throw tooLarge(limit);
            }
            byte[] out = new byte[stated];
            Snappy.uncompress(bytes, offset, compressed, out, 0);
            CRC32 crc = new CRC32();
            crc.update(out);
            if ((int) crc.getValue() != ByteBuffer.wrap(bytes, offset + compressed, Integer.BYTES).getInt()) {
                throw new IOException("checksum differs");
            }
            return out;
        }
    },
    BZIP2("bzip2") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException {
            try (InputStream in = new BZip2CompressorInputStream(stream(bytes, offset, length))) {
                return bounded(in, limit);
            }
        }
    },
    XZ("xz") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException {
            try (InputStream in = new XZInputStream(stream(bytes, offset, length), WINDOW >> 10)) {
                return bounded(in, limit);
            }
        }
    },
    ZSTANDARD("zstandard") {
        @Override
        byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException {
            try (ZstdInputStream in = new ZstdInputStream(stream(bytes, offset, length))) {
                in.setLongMax(Integer.numberOfTrailingZeros(WINDOW));
                return bounded(in, limit);
            }
        }
    };

    /** Bytes that a codec may look back, and for xz all its memory: enough for xz's preset 6, zstd's level 19. */
    private static final int WINDOW = 16 << 20;

    private final String avroName;

    BlockCodec(String avroName) {
        this.avroName = avroName;
    }

    /** @throws BadInput when there is no such codec */
    static BlockCodec named(String name) throws BadInput {
        for (BlockCodec codec : values()) {
            if (codec.avroName.equals(name)) {
                return codec;
            }
        }
        throw new BadInput(
                Reason.UNKNOWN_COMPRESSION,
                "codec is '" + (name.length() > 40 ? name.substring(0, 40) + "..." : name)
                        + "', expected null, deflate, snappy, bzip2, xz or zstandard");
    }

    /**
     * @param limit bytes that may come out
     * @throws BadInput where more than that would, or the block is broken
     */
    final byte[] inflated(byte[] bytes, int offset, int length, int limit) throws BadInput {
        try {
            byte[] out = inflate(bytes, offset, length, limit);
            if (out.length > limit) {
                throw tooLarge(limit);
            }
            return out;
        } catch (BadInput e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decompressors answer to broken bytes with anything: array bounds, illegal states.
            throw new BadInput(
                    Reason.CORRUPT_COMPRESSION, "block of " + length + " bytes is no " + avroName + ": " + e.getMessage());
        }
    }

    abstract byte[] inflate(byte[] bytes, int offset, int length, int limit) throws IOException;

    private static InputStream stream(byte[] bytes, int offset, int length) {
        return new ByteArrayInputStream(bytes, offset, length);
    }

    /** Reads one byte more than the limit at most. */
    private static byte[] bounded(InputStream in, int limit) throws IOException {
        return in.readNBytes(limit + 1);
    }

    private static BadInput tooLarge(int limit) {
        return new BadInput(Reason.TOO_LARGE, "block inflates to more than the limit of " + limit + " bytes");
    }
}
