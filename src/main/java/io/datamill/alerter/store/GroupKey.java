package io.datamill.alerter.store;

import io.datamill.alerter.message.VerdictEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the events of one alert have in common.
 *
 * @param values of the fields that are grouped by, in their order
 */
record GroupKey(String action, String tenant, Map<String, String> values) {
    static GroupKey of(String action, VerdictEvent event, List<String> by) {
        Map<String, String> values = new LinkedHashMap<>();
        by.forEach(field -> values.put(field, event.text(field)));
        return new GroupKey(action, event.tenant(), values);
    }

    /** Of the values, however long they are. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            values.forEach((name, value) -> {
                for (String part : List.of(name, value)) {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                }
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
