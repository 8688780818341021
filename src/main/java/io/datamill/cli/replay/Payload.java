package io.datamill.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Optional;

/** The bytes of a reject for a terminal: JSON or text where they are that, else the beginning as a hexadecimal dump. */
final class Payload {
    /** No number is changed. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int DUMPED = 4096;
    private static final int ROW = 16;

    private Payload() {}

    /** Several lines, each ended. */
    static String text(byte[] payload) {
        Optional<String> text = RejectText.utf8(payload).filter(Payload::isPlain);
        return text.map(plain -> json(plain).orElse(plain.endsWith("\n") ? plain : plain + '\n'))
                .orElseGet(() -> dump(payload));
    }

    /** Nothing in it that a terminal would act upon. */
    private static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    private static Optional<String> json(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.isContainerNode() ? Optional.of(tree.toPrettyString() + '\n') : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String dump(byte[] payload) {
        StringBuilder dump = new StringBuilder();
        int end = Math.min(payload.length, DUMPED);
        for (int row = 0; row < end; row += ROW) {
            StringBuilder hex = new StringBuilder();
            StringBuilder plain = new StringBuilder();
            for (int i = row; i < Math.min(row + ROW, end); i++) {
                int c = payload[i] & 0xff;
                hex.append(String.format(Locale.ROOT, "%02x ", c));
                plain.append(c >= 0x20 && c < 0x7f ? (char) c : '.');
            }
            dump.append(String.format(Locale.ROOT, "%08x  %-48s %s%n", row, hex, plain));
        }
        if (end < payload.length) {
            dump.append("... and ").append(payload.length - end).append(" bytes more\n");
        }
        return dump.toString().replace(System.lineSeparator(), "\n");
    }
}
