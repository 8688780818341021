package io.datamill.step.score;

/** IPv4 addresses as texts have them, read where they stand. */
final class IpLiteral {
    private static final int PARTS = 4;

    private IpLiteral() {}

    /** Whether a text is an address from a position on, in brackets or not. */
    static boolean isAddress(String text, int start) {
        return parts(text, start) >= 0;
    }

    /** Whether it is one of RFC 1918, or loopback. */
    static boolean isPrivate(String text) {
        int parts = parts(text, 0);
        int first = parts >> 8;
        int second = parts & 0xff;
        return first == 10
                || first == 127
                || (first == 192 && second == 168)
                || (first == 172 && second >= 16 && second < 32);
    }

    /** The first two parts of an address in 16 bits; -1 where it is none. */
    private static int parts(String text, int start) {
        boolean bracket = start < text.length() && text.charAt(start) == '[';
        int end = bracket && text.endsWith("]") ? text.length() - 1 : text.length();
        int part = 0;
        int digits = 0;
        int number = 0;
        int firstTwo = 0;
        for (int at = bracket ? start + 1 : start; at <= end; at++) {
            char c = at == end ? '.' : text.charAt(at);
            if (c >= '0' && c <= '9' && digits < 3) {
                number = 10 * number + c - '0';
                digits++;
            } else if (c == '.' && digits > 0 && number < 256 && part < PARTS) {
                firstTwo = part < 2 ? (firstTwo << 8) | number : firstTwo;
                part++;
                digits = 0;
                number = 0;
            } else {
                return -1;
            }
        }
        return part == PARTS ? firstTwo : -1;
    }
}
