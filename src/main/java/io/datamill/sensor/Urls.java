package io.datamill.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the http and https addresses of a mail's text parts and keeps their hosts, never the text. */
final class Urls {
    private static final int MAX_DOMAINS = 20;
    private static final int MAX_TEXT = 2 << 20;
    private static final Pattern URL = Pattern.compile(
            "https?://(?:[^\\s/?#<>\"'@]{0,256}@)?+([^\\s/?#<>\"'()\\[\\]:@,;\\\\]{1,255})", Pattern.CASE_INSENSITIVE);

    private final Set<String> domains = new LinkedHashSet<>();
    private int textLeft = MAX_TEXT;
    private int count;

    /** Reads a decoded text part to its end; of all parts together the first 2 MiB are searched. */
    long scan(InputStream text) throws IOException {
        byte[] bytes = text.readNBytes(textLeft);
        textLeft -= bytes.length;
        search(new String(bytes, StandardCharsets.ISO_8859_1));
        return bytes.length + text.transferTo(java.io.OutputStream.nullOutputStream());
    }

    int count() {
        return count;
    }

    /** Distinct hosts in the order in which they were first seen, at most 20. */
    List<String> domains() {
        return List.copyOf(domains);
    }

    private void search(String text) {
        Matcher matcher = URL.matcher(text);
        while (matcher.find()) {
            count++;
            if (domains.size() < MAX_DOMAINS) {
                String host = HeaderText.of(matcher.group(1), 255);
                String domain = host == null ? null : MailAddress.domain(host);
                if (domain != null) {
                    domains.add(domain.toLowerCase(Locale.ROOT));
                }
            }
        }
    }
}
