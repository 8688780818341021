package io.datamill.sensor;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/**
 * One address of a header.
 *
 * @param name the display name, or null
 * @param address with the domain in lower case and ASCII; null when there is none
 * @param domain its domain, or null
 */
record MailAddress(String name, String address, String domain) {
    static final MailAddress NONE = new MailAddress(null, null, null);

    private static final int MAX_NAME = 256;
    private static final int MAX_ADDRESS = 320;
    private static final int MAX_DOMAIN = 255;
    // mime4j would decode names itself, in a time that grows with the square of their length.
    private static final String ENCODED_WORD = "=?";
    private static final String MASKED = "=\u001a";

    // Starts only where a word starts, so that a long text without any is gone through once.
    private static final Pattern ANYTHING_LIKE_ONE =
            Pattern.compile("(?<![^\\s<>\"(),;:@])([^\\s<>\"(),;:@]{1,256}+)@([^\\s<>\"(),;@]{1,255})");

    /** The addresses of a From, Reply-To, To or Cc; what no parser takes is searched for anything like an address. */
    static List<MailAddress> parse(String value) {
        if (value == null) {
            return List.of();
        }
        List<MailAddress> found = new ArrayList<>();
        try {
            for (Mailbox mailbox : LenientAddressParser.DEFAULT
                    .parseAddressList(value.replace(ENCODED_WORD, MASKED))
                    .flatten()) {
                add(found, of(mailbox));
            }
        } catch (RuntimeException e) {
            found.clear(); // mime4j gave up in the middle; the search below takes it from the start
        }
        if (found.stream().allMatch(address -> address.domain == null)) {
            Matcher matcher = ANYTHING_LIKE_ONE.matcher(value);
            List<MailAddress> searched = new ArrayList<>();
            while (matcher.find()) {
                add(searched, of(nameOf(found), matcher.group(1), matcher.group(2)));
            }
            return searched.isEmpty() ? found : searched;
        }
        return found;
    }

    /** The first address that has a domain, else the first, else {@link #NONE}. */
    static MailAddress first(String value) {
        List<MailAddress> all = parse(value);
        return all.stream()
                .filter(address -> address.domain != null)
                .findFirst()
                .orElse(all.isEmpty() ? NONE : all.get(0));
    }

    /** A domain in lower case and ASCII, without the dot at the end; null when nothing is left. */
    static String domain(String text) {
        if (text == null) {
            return null;
        }
        String domain = text.strip();
        while (domain.endsWith(".")) {
            domain = domain.substring(0, domain.length() - 1);
        }
        if (domain.isEmpty()) {
            return null;
        }
        try {
            domain = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            // no host name; it is told as it was sent
        }
        return HeaderText.cap(domain.toLowerCase(Locale.ROOT), MAX_DOMAIN);
    }

    private static String nameOf(List<MailAddress> found) {
        return found.isEmpty() ? null : found.get(0).name;
    }

    private static void add(List<MailAddress> into, MailAddress address) {
        if (address.address != null || address.name != null) {
            into.add(address);
        }
    }

    private static MailAddress of(Mailbox mailbox) {
        return of(unmasked(mailbox.getName()), unmasked(mailbox.getLocalPart()), mailbox.getDomain());
    }

    private static String unmasked(String text) {
        return text == null ? null : text.replace(MASKED, ENCODED_WORD);
    }

    private static MailAddress of(String name, String localPart, String domain) {
        String display = HeaderText.of(name, MAX_NAME);
        String local = HeaderText.of(localPart, MAX_ADDRESS);
        String ascii = domain(HeaderText.of(domain, MAX_ADDRESS));
        if (local == null) {
            return new MailAddress(display, null, ascii);
        }
        return new MailAddress(
                display, HeaderText.cap(ascii == null ? local : local + "@" + ascii, MAX_ADDRESS), ascii);
    }
}
