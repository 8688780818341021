package io.datamill.sensor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * Turns a header's value into text. A value comes with one char per byte; it is UTF-8 (RFC 6532) when it can be, else
 * ISO-8859-1. Then encoded words (RFC 2047) are decoded. Control characters stay: the sensor tells what was sent.
 */
final class HeaderText {
    private static final int MAX_RAW = 4 << 10; // decoding takes a time that grows with the square

    private HeaderText() {}

    /** @return null for null and for blank; at most {@code max} chars */
    static String of(String value, int max) {
        if (value == null) {
            return null;
        }
        String text = words(utf8(cap(value, MAX_RAW))).strip();
        return text.isEmpty() ? null : cap(text, max);
    }

    /** At most {@code max} chars, and no half of a surrogate pair at the end: it could not be written as UTF-8. */
    static String cap(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }

    /** Comments, which are in round brackets and may hold others, become spaces: each position stays what it was. */
    static String withoutComments(String value) {
        StringBuilder text = new StringBuilder(value.length());
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            text.append(depth == 0 ? c : ' ');
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return text.toString();
    }

    private static String words(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        try {
            return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT);
        } catch (RuntimeException e) {
            return text; // an encoded word that cannot be decoded is still what was sent
        }
    }

    private static String utf8(String value) {
        boolean ascii = value.chars().allMatch(c -> c < 0x80);
        boolean decodedBefore = value.chars().anyMatch(c -> c > 0xff); // mime4j does so with file names
        if (ascii || decodedBefore) {
            return value;
        }
        try {
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
