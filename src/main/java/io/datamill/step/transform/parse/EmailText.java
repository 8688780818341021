package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.transform.Conversion;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.DefaultAddressParser;
import org.apache.james.mime4j.field.address.ParseException;
import org.apache.james.mime4j.field.address.TokenMgrError;

/**
 * One e-mail address, with or without a display name, as RFC 5322 has it, and its lengths as RFC 5321. The domain is in
 * lower case and ASCII (IDNA); a tag is what stands behind the first plus of an unquoted local part.
 */
record EmailText() implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final Schema EMAIL = Schema.createRecord(
            "EmailAddress",
            null,
            "io.datamill.parse",
            false,
            List.of(
                    new Schema.Field("name", TypeText.parse("string?")),
                    new Schema.Field("address", TypeText.parse("string")),
                    new Schema.Field("local_part", TypeText.parse("string")),
                    new Schema.Field("tag", TypeText.parse("string?")),
                    new Schema.Field("domain", TypeText.parse("string"))));
    static final String ATOM_SIGNS = "!#$%&'*+-/=?^_`{|}~";
    private static final String QUOTED = "\"@";
    private static final String ENCODED = "=?";
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_LABEL = 63;

    @Override
    public Schema type() {
        return EMAIL;
    }

    @Override
    public Conversion open() {
        return value -> read((String) value);
    }

    private static Object read(String text) {
        int at = text.lastIndexOf('@');
        if (at > 0 && isDotAtom(text.substring(0, at))) {
            return address(null, text.substring(0, at), text.substring(at + 1));
        }
        int open = text.lastIndexOf('<'); // One in quotes may stand before it.
        if (open >= 0 && at > open && text.endsWith(">") && isDotAtom(text.substring(open + 1, at))) {
            String name = PlainName.of(text, open);
            String domain = text.substring(at + 1, text.length() - 1);
            if (name != null && domain(domain) != null) {
                return named(name, text.substring(open + 1, at), domain);
            }
        }
        return parsed(text);
    }

    private static Object named(String written, String local, String domain) {
        String name = written;
        if (written.contains(ENCODED)) {
            try {
                name = DecoderUtil.decodeEncodedWords(written, DecodeMonitor.STRICT);
            } catch (IllegalArgumentException e) {
                return Conversion.FAILED;
            }
        }
        name = name.strip();
        return address(name.isEmpty() ? null : name, local, domain);
    }

    /** By mime4j, which reads all of RFC 5322 and takes 15 us for it. */
    private static Object parsed(String text) {
        try {
            // Of at most 512 characters: its decoding of names takes a time that grows with the square of them.
            Mailbox mailbox = DefaultAddressParser.DEFAULT.parseMailbox(text);
            String name = mailbox.getName() == null ? "" : mailbox.getName().strip();
            boolean right = mailbox.getDomain() != null
                    && (isDotAtom(mailbox.getLocalPart()) || text.contains(QUOTED)); // Else it takes a..b.
            return right
                    ? address(name.isEmpty() ? null : name, mailbox.getLocalPart(), mailbox.getDomain())
                    : Conversion.FAILED;
        } catch (ParseException | TokenMgrError e) {
            return Conversion.FAILED;
        }
    }

    private static Object address(String name, String local, String written) {
        String domain = domain(written);
        if (domain == null || local.isEmpty() || local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL) {
            return Conversion.FAILED;
        }
        boolean plain = isDotAtom(local);
        int plus = plain ? local.indexOf('+') : -1;
        GenericData.Record email = new GenericData.Record(EMAIL);
        email.put(0, name);
        email.put(1, (plain ? local : '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"') + '@' + domain);
        email.put(2, plus > 0 ? local.substring(0, plus) : local);
        email.put(3, plus > 0 ? local.substring(plus + 1) : null);
        email.put(4, domain);
        return email;
    }

    /** Null where it is no host name; a literal such as [192.0.2.1] stays. */
    private static String domain(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            return written.toLowerCase(Locale.ROOT);
        }
        String domain = written;
        if (written.chars().anyMatch(c -> c > 0x7f)) {
            try {
                domain = IDN.toASCII(written, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return domain.length() <= LONGEST_DOMAIN && isHostName(domain) ? domain.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isHostName(String domain) {
        int label = 0;
        for (int i = 0; i <= domain.length(); i++) {
            char c = i < domain.length() ? domain.charAt(i) : '.';
            if (c == '.') {
                int length = i - label;
                if (length < 1
                        || length > LONGEST_LABEL
                        || domain.charAt(label) == '-'
                        || domain.charAt(i - 1) == '-') {
                    return false;
                }
                label = i + 1;
            } else if (!isLetterOrDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Atoms with single dots between them; letters beyond ASCII are as RFC 6532 has it. */
    private static boolean isDotAtom(String text) {
        boolean dot = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? dot : !isLetterOrDigit(c) && c < 0xa1 && ATOM_SIGNS.indexOf(c) < 0) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
