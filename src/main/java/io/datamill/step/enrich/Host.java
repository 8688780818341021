package io.datamill.step.enrich;

import java.net.IDN;
import java.util.Locale;

/** Host names out of what events have: in lower case and ASCII, without the dot at the end. */
final class Host {
    /** RFC 1035: what a name in text may have, without the dot at the end. */
    static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;
    /** Of a URL, beyond which no host is looked for. */
    private static final int LONGEST_AUTHORITY = 2_048;

    private Host() {}

    /**
     * The name in its usual form; an IPv4 address as it is.
     *
     * @return null where the text is no host name: empty or too long labels, other characters than letters, digits, - and
     *     _, an IPv6 address
     */
    static String ofDomain(String text) {
        if (text == null) {
            return null;
        }
        String name = text.strip();
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST) {
            return null;
        }
        try {
            String ascii = isAscii(name) ? name : IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            String lower = ascii.toLowerCase(Locale.ROOT);
            return isName(lower) ? lower : null;
        } catch (IllegalArgumentException e) {
            return null; // a label that IDNA does not allow
        }
    }

    /** The host behind the last @; null where there is none. */
    static String ofEmail(String text) {
        int at = text == null ? -1 : text.lastIndexOf('@');
        if (at < 0 || text.length() - at > LONGEST + 2) {
            return null;
        }
        int end = text.endsWith(">") ? text.length() - 1 : text.length();
        return ofDomain(text.substring(at + 1, end));
    }

    /** The host of a URL, with or without its scheme; as browsers do, a backslash ends it. */
    static String ofUrl(String text) {
        if (text == null) {
            return null;
        }
        String url =
                text.substring(0, Math.min(text.length(), LONGEST_AUTHORITY)).strip();
        int start = 0;
        int colon = url.indexOf("://");
        if (colon > 0 && isScheme(url, colon)) {
            start = colon + 3;
        } else if (url.startsWith("//")) {
            start = 2;
        }
        int end = start;
        int at = -1;
        for (; end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0; end++) {
            at = url.charAt(end) == '@' ? end : at;
        }
        String authority = url.substring(Math.max(start, at + 1), end);
        int port = authority.lastIndexOf(':');
        return ofDomain(port < 0 ? authority : authority.substring(0, port));
    }

    private static boolean isScheme(String url, int end) {
        for (int i = 0; i < end; i++) {
            char c = url.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String lower) {
        if (lower.isEmpty() || lower.length() > LONGEST) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
                if (++label > LONGEST_LABEL) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return label > 0;
    }
}
