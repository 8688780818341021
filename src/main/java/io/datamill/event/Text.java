package io.datamill.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Strings on the wire between operators: a length and the characters as Latin-1 where they fit, which is one array copy,
 * else as UTF-16. Every string comes back the same, unpaired surrogates too, which UTF-8 would change: keys must not.
 *
 * <p>The length is an int: bytes times two, plus one for UTF-16; -1 is null.
 */
final class Text {
    private static final int NULL = -1;

    private Text() {}

    static void write(String text, DataOutputView out) throws IOException {
        if (text == null) {
            out.writeInt(NULL);
            return;
        }
        boolean latin = isLatin(text);
        byte[] bytes = latin ? text.getBytes(StandardCharsets.ISO_8859_1) : utf16(text);
        out.writeInt((bytes.length << 1) | (latin ? 0 : 1));
        out.write(bytes);
    }

    static String read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == NULL) {
            return null;
        }
        byte[] bytes = new byte[length >>> 1];
        in.readFully(bytes);
        return (length & 1) == 0 ? new String(bytes, StandardCharsets.ISO_8859_1) : utf16(bytes);
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    // Not by a Charset: it replaces unpaired surrogates.
    private static byte[] utf16(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes[2 * i] = (byte) (c >>> 8);
            bytes[2 * i + 1] = (byte) c;
        }
        return bytes;
    }

    private static String utf16(byte[] bytes) {
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xff));
        }
        return new String(chars);
    }
}
