package io.datamill.step.score.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A labelled event as the trainer sees it.
 *
 * @param once what it shares with its copies; null where it is no copy of anything
 * @param group null where it has none of its own
 * @param time milliseconds since the epoch, or null
 * @param bad the label
 * @param x a number for each feature
 * @param absent the features whose field is not there
 */
@SuppressWarnings("ArrayRecordComponent") // Columns by position, never compared.
public record Labelled(String once, String group, Long time, boolean bad, double[] x, BitSet absent) {

    /** Of what the features say, in hexadecimal: copies of a row have the same, whatever they are labelled. */
    String content() {
        ByteBuffer bytes = ByteBuffer.allocate(x.length * Double.BYTES);
        bytes.asDoubleBuffer().put(x);
        return DigestUtils.sha256Hex(bytes.array());
    }

    /** Of all that training looks at. */
    String digest() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(content().getBytes(StandardCharsets.US_ASCII));
        digest.update((bad + "/" + time + '/' + group).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The same with some of the features. */
    Labelled narrowed(int[] kept) {
        BitSet some = new BitSet(kept.length);
        for (int i = 0; i < kept.length; i++) {
            some.set(i, absent.get(kept[i]));
        }
        double[] columns = IntStream.of(kept).mapToDouble(column -> x[column]).toArray();
        return new Labelled(once, group, time, bad, columns, some);
    }
}
