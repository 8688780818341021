package io.datamill.sensor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 16 bytes, in hex, of the SHA-256 over the tenant and the raw header block. Not the Message-ID: a sender
 * chooses that one, and could hide a mail behind an earlier one's. The tenant's length goes first so that no header
 * can move the border between the two.
 */
final class EventId {
    private EventId() {}

    /**
     * @param start where the header begins
     * @return 32 hex digits; of a mail without any header, those of the whole mail
     */
    static String of(byte[] mail, int start, String orgId) {
        try {
            byte[] org = orgId.getBytes(StandardCharsets.UTF_8);
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(new byte[] {(byte) (org.length >> 8), (byte) org.length});
            sha.update(org);
            int end = headerEnd(mail, start);
            sha.update(mail, start, (end == start ? mail.length : end) - start);
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static int headerEnd(byte[] mail, int start) {
        int lineStart = start;
        for (int i = start; i < mail.length; i++) {
            if (mail[i] == '\n') {
                boolean empty = i == lineStart || (i == lineStart + 1 && mail[lineStart] == '\r');
                if (empty) {
                    return lineStart;
                }
                lineStart = i + 1;
            }
        }
        return mail.length;
    }
}
