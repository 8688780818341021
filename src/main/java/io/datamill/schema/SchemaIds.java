package io.datamill.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * The id of a schema: a version 8 UUID (RFC 9562) made of the SHA-256 of its JSON with keys in order.
 *
 * <p>Unlike Avro's parsing canonical form it keeps aliases, defaults and logical types, since a reader acts on them.
 * It leaves out {@code doc} and {@code avro.java.*}, which change nothing that is written: correcting a comment must
 * not make the records of yesterday unreadable.
 */
public final class SchemaIds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaIds() {}

    public static UUID of(Schema schema) {
        try {
            String canonical = canonical(JSON.readTree(schema.toString())).toString();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            long high = (bytes.getLong() & 0xffffffffffff0fffL) | 0x8000L;
            long low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("no id for schema " + schema.getFullName(), e);
        }
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> items.add(canonical(item)));
            return items;
        }
        if (!node.isObject()) {
            return node;
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            if (key.equals("default")) {
                sorted.put(key, entry.getValue()); // data, where "doc" could be a field
            } else if (!key.equals("doc") && !key.startsWith("avro.java.")) {
                sorted.put(key, canonical(entry.getValue()));
            }
        });
        // {"type":"string","avro.java.string":"String"} and "string" are one and the same.
        if (sorted.size() == 1 && sorted.containsKey("type")) {
            return sorted.get("type");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.setAll(sorted);
        return object;
    }
}
