package io.datamill.sensor;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses as text. Nothing here asks a name server. */
final class IpAddress {
    private IpAddress() {}

    /** @return the address in its usual form (RFC 5952 for IPv6), or null when it is none */
    static String normal(String text) {
        return InetAddresses.isInetAddress(text) ? InetAddresses.toAddrString(InetAddresses.forString(text)) : null;
    }

    /** Whether it can be reached from the internet: not private, loopback, link-local, shared or reserved. */
    static boolean isPublic(String normal) {
        InetAddress address = InetAddresses.forString(normal);
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet4Address) {
            boolean shared = first == 100 && second >= 64 && second < 128; // RFC 6598
            return first != 0 && first < 240 && !shared;
        }
        return !(address instanceof Inet6Address) || (first & 0xfe) != 0xfc; // RFC 4193
    }
}
