package io.datamill.sensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The mails of an mbox file (RFC 4155): each starts with a {@code From } line, at the start or behind an empty line. The
 * mboxrd quoting {@code >From } is taken back.
 */
final class MboxMails implements MailSource {
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int count;
    private boolean started;

    MboxMails(String name, InputStream in) throws IOException {
        this.name = name;
        this.in = in;
        if (readLine() && !startsWith(line.toByteArray(), 0)) {
            in.close();
            throw new IOException(
                    name + " is no mbox: its first line does not begin with 'From '; one mail goes in a directory");
        }
        started = line.size() > 0;
    }

    @Override
    public RawMail next() throws IOException {
        if (!started) {
            return null;
        }
        started = false;
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        long size = 0;
        boolean afterEmpty = false;
        while (readLine()) {
            byte[] text = line.toByteArray();
            if (afterEmpty && startsWith(text, 0)) {
                started = true;
                break;
            }
            afterEmpty = isEmpty(text);
            int from = isQuotedFrom(text) ? 1 : 0;
            size += text.length - from;
            int room = MAX_MAIL_BYTES - mail.size();
            mail.write(text, from, Math.min(room, text.length - from));
        }
        return new RawMail(name + "#" + ++count, mail.toByteArray(), size);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** With its line end; a line longer than a mail may be comes in pieces. */
    private boolean readLine() throws IOException {
        line.reset();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n' || line.size() == MAX_MAIL_BYTES) {
                break;
            }
        }
        return line.size() > 0;
    }

    private static boolean isQuotedFrom(byte[] text) {
        int quotes = 0;
        while (quotes < text.length && text[quotes] == '>') {
            quotes++;
        }
        return quotes > 0 && startsWith(text, quotes);
    }

    private static boolean startsWith(byte[] text, int at) {
        return text.length - at >= FROM.length && Arrays.equals(text, at, at + FROM.length, FROM, 0, FROM.length);
    }

    private static boolean isEmpty(byte[] text) {
        return text.length == 1 || (text.length == 2 && text[0] == '\r');
    }
}
