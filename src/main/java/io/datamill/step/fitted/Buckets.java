package io.datamill.step.fitted;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** The one way from a text to one of a fixed number of buckets; it must never change. */
final class Buckets {
    /** MurmurHash3 x86 32-bit of the UTF-8 bytes, seed 0. */
    private static final HashFunction HASH = Hashing.murmur3_32_fixed();

    static final int MAX = 4_096;

    private Buckets() {}

    /** @return 0 to {@code buckets - 1}: the hash, as a signed number, modulo the buckets, never negative */
    static int of(String text, int buckets) {
        return Math.floorMod(HASH.hashString(text, StandardCharsets.UTF_8).asInt(), buckets);
    }
}
