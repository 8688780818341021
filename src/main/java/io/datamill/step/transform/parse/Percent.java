package io.datamill.step.transform.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes application/x-www-form-urlencoded, as the WHATWG's URL standard has it. */
final class Percent {
    private Percent() {}

    /** A plus is a space; a percent sign without two digits stays; what gives no UTF-8 stays as it is written. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(written.length);
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '%' && i + 2 < written.length && isHex(written[i + 1]) && isHex(written[i + 2])) {
                bytes.put(
                        (byte) (HexFormat.fromHexDigit(written[i + 1]) << 4 | HexFormat.fromHexDigit(written[i + 2])));
                i += 2;
            } else {
                bytes.put(written[i] == '+' ? (byte) ' ' : written[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static boolean isHex(byte character) {
        return HexFormat.isHexDigit(character);
    }
}
