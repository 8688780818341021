package io.datamill.step.enrich;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/** IP addresses as text. Nothing here asks a name server. */
final class IpAddress {
    /** The longest IP address in text: an IPv6 one that ends in an IPv4 one. */
    static final int LONGEST = 45;

    private IpAddress() {}

    /**
     * The address, or null where the text is none: no names, and no scope ({@code %eth0}), which names an interface.
     * ASCII only: Guava takes the digits of every script. An IPv4 address written as IPv6 is IPv4.
     */
    static InetAddress parse(String text) {
        return text != null && couldBe(text) && InetAddresses.isInetAddress(text)
                ? InetAddresses.forString(text)
                : null;
    }

    private static boolean couldBe(String text) {
        if (text.length() < 2 || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!hex && c != '.' && c != ':') {
                return false;
            }
        }
        return true;
    }
}
