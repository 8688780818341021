package io.datamill.sink.elasticsearch;

import io.datamill.sink.outbox.StoreRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code _id} of a row: the tenant, in which % and : are written as %25 and %3A, a colon, and the event id. No two
 * keys share one. Where that is longer than Elasticsearch's 512 bytes it is # and the SHA-256 of it, which has no colon.
 */
final class DocumentIds {
    private static final int LONGEST = 512;

    private DocumentIds() {}

    static String of(StoreRow.Key key) {
        String tenant = key.tenant();
        if (tenant.indexOf('%') >= 0 || tenant.indexOf(':') >= 0) {
            tenant = tenant.replace("%", "%25").replace(":", "%3A");
        }
        String id = tenant + ':' + key.id();
        if (id.length() <= LONGEST / 3) { // A char is at most three bytes.
            return id;
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST ? id : '#' + sha256(bytes);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
