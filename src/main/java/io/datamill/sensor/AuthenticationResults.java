package io.datamill.sensor;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the receiving side found by SPF, DKIM and DMARC, as lower-case result words; null where it says nothing.
 *
 * <p>Only the top-most Authentication-Results header (RFC 8601) counts, since the receiving side writes on top and a
 * sender can put one of its own below. Where it has no SPF result, the top-most Received-SPF (RFC 7208) stands in.
 */
record AuthenticationResults(String spf, String dkim, String dmarc) {
    private static final int MAX_VALUE = 8_192;
    private static final Pattern RESULT =
            Pattern.compile("^\\s*(spf|dkim|dmarc)\\s*(?:/\\s*\\d+\\s*)?=\\s*([a-z]{1,32})", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("^\\s*([a-z]{1,32})\\b", Pattern.CASE_INSENSITIVE);

    static AuthenticationResults of(MailHeader header) {
        Map<String, String> results = results(header.first("authentication-results"));
        String spf = results.get("spf");
        return new AuthenticationResults(
                spf != null ? spf : word(header.first("received-spf")), results.get("dkim"), results.get("dmarc"));
    }

    private static Map<String, String> results(String value) {
        Map<String, String> results = new HashMap<>();
        if (value == null) {
            return results;
        }
        for (String part :
                HeaderText.withoutComments(HeaderText.cap(value, MAX_VALUE)).split(";", -1)) {
            Matcher matcher = RESULT.matcher(part);
            if (matcher.find()) {
                String word = matcher.group(2).toLowerCase(Locale.ROOT);
                // One good signature is enough, whatever the others are.
                results.merge(
                        matcher.group(1).toLowerCase(Locale.ROOT), word, (one, two) -> two.equals("pass") ? two : one);
            }
        }
        return results;
    }

    private static String word(String value) {
        Matcher matcher = WORD.matcher(value == null ? "" : HeaderText.cap(value, MAX_VALUE));
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }
}
