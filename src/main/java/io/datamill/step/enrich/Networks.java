package io.datamill.step.enrich;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * IP networks, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}, and what is kept under each; an address alone is a
 * network of one. IPv4 is kept as the part of IPv6 that stands for it, {@code ::ffff:0:0/96}.
 */
final class Networks<T> {
    private static final int IPV4_BITS = 96;
    private static final long IPV4_PREFIX = 0xffffL << 32;

    private record Network(long high, long low, int bits) {
        static Network of(long high, long low, int bits) {
            long highMask = bits == 0 ? 0 : -1L << Math.max(0, 64 - bits);
            long lowMask = bits <= 64 ? 0 : -1L << 128 - bits;
            return new Network(high & highMask, low & lowMask, bits);
        }
    }

    private final Map<Network, T> networks = new HashMap<>();
    private int[] lengths = {}; // from the longest on

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /**
     * @param text a network or an address
     * @return false where it is neither
     * @throws IllegalArgumentException if it begins as a network and is none
     */
    boolean add(String text, T value) {
        int slash = text.indexOf('/');
        InetAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return false;
        }
        int from = address.getAddress().length == 4 ? IPV4_BITS : 0;
        int bits = slash < 0 ? 128 : from + bits(text, slash + 1, 128 - from);
        Network all = Network.of(high(address), low(address), 128);
        Network network = Network.of(all.high, all.low, bits);
        if (network.high != all.high || network.low != all.low) {
            throw new IllegalArgumentException("'" + text + "' has bits set behind its first " + (bits - from));
        }
        networks.putIfAbsent(network, value);
        if (Arrays.stream(lengths).noneMatch(length -> length == bits)) {
            lengths = IntStream.concat(Arrays.stream(lengths), IntStream.of(bits))
                    .boxed()
                    .sorted(Comparator.reverseOrder())
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return true;
    }

    /** What is kept under the smallest network that the address is of, or null. */
    T find(InetAddress address) {
        long high = high(address);
        long low = low(address);
        for (int length : lengths) {
            T found = networks.get(Network.of(high, low, length));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static int bits(String text, int from, int most) {
        String written = text.substring(from);
        if (written.length() > 3 || written.isEmpty() || !written.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("expected a network such as 192.0.2.0/24, but read '" + text + "'");
        }
        int bits = Integer.parseInt(written);
        if (bits > most) {
            throw new IllegalArgumentException("'" + text + "' has more than " + most + " bits");
        }
        return bits;
    }

    private static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? 0 : value(bytes, 0, 8);
    }

    private static long low(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? value(bytes, 0, 4) | IPV4_PREFIX : value(bytes, 8, 16);
    }

    private static long value(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
