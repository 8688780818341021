package io.datamill.sensor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Received header (RFC 5321, 4.4), each part null when it is not stated.
 *
 * @param from what the sending host called itself
 * @param by the host that wrote the header
 * @param ip the peer that it saw
 * @param at milliseconds since 1970 UTC
 */
record ReceivedHop(String from, String by, String ip, Long at) {
    private static final int MAX_VALUE = 4_096;
    private static final int MAX_HOST = 255;
    private static final Pattern FROM = Pattern.compile("^from\\s+(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BY = Pattern.compile("(?:^|\\s)by\\s+(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile(
            "(helo[= ]\\s*|ehlo[= ]\\s*)?(\\[)?(?:ipv6:)?([0-9a-f:.]{3,45})(?![\\w.-])", Pattern.CASE_INSENSITIVE);

    static ReceivedHop parse(String value) {
        String text = HeaderText.cap(value, MAX_VALUE);
        int semicolon = text.lastIndexOf(';');
        String path = semicolon < 0 ? text : text.substring(0, semicolon);
        Long at = semicolon < 0 ? null : MailDate.parse(text.substring(semicolon + 1));
        String plain = HeaderText.withoutComments(path);
        Matcher by = BY.matcher(plain);
        boolean hasBy = by.find();
        Matcher from = FROM.matcher(plain);
        boolean hasFrom = from.find();
        String peer = hasFrom ? path.substring(0, hasBy ? by.start() : path.length()) : "";
        return new ReceivedHop(
                hasFrom ? host(from.group(1)) : null, hasBy ? host(by.group(1)) : null, peerAddress(peer), at);
    }

    /**
     * The sending host chooses its HELO name, which may look like an address; the receiving host's own finding stands
     * behind it. So the last address in square brackets counts, else the last one at all, and never one after "helo".
     */
    private static String peerAddress(String peer) {
        String bracketed = null;
        String bare = null;
        Matcher matcher = ADDRESS.matcher(peer);
        while (matcher.find()) {
            boolean wordBefore = matcher.start() > 0 && Character.isLetterOrDigit(peer.charAt(matcher.start() - 1));
            String ip = matcher.group(1) != null || wordBefore ? null : IpAddress.normal(matcher.group(3));
            if (ip != null && matcher.group(2) != null) {
                bracketed = ip;
            } else if (ip != null) {
                bare = ip;
            }
        }
        return bracketed != null ? bracketed : bare;
    }

    private static String host(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ';' || text.charAt(end - 1) == ',')) {
            end--;
        }
        String host = HeaderText.of(text.substring(0, end), MAX_HOST);
        return host == null ? null : host.toLowerCase(Locale.ROOT);
    }
}
