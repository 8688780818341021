package io.datamill.cli.infer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.datamill.cli.infer.Guess.Part;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The Avro schema of a guess; each field's doc says what it rests on. */
final class AvroProposal {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Set<String> names = new HashSet<>();

    private AvroProposal() {}

    static String of(String name, Guess guess) {
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new AvroProposal().present(name, guess));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    private JsonNode type(String name, Guess guess) {
        JsonNode present = present(name, guess);
        return guess.nullable() ? NODES.arrayNode().add("null").add(present) : present;
    }

    private JsonNode present(String name, Guess guess) {
        if (guess.isRecord()) {
            return record(name, guess);
        }
        if (guess.isArray()) {
            ObjectNode array = NODES.objectNode().put("type", "array");
            return array.set("items", type(name, guess.part()));
        }
        if (guess.isMap()) {
            ObjectNode map = NODES.objectNode().put("type", "map");
            return map.set("values", type(name, guess.part()));
        }
        String type = guess.type();
        if (type.startsWith("timestamp")) {
            return NODES.objectNode().put("type", "long").put("logicalType", "timestamp-millis");
        }
        if (type.startsWith("date")) {
            return NODES.objectNode().put("type", "int").put("logicalType", "date");
        }
        if (type.startsWith("enum(")) {
            ObjectNode symbols = NODES.objectNode().put("type", "enum").put("name", unique(name + "_enum"));
            ArrayNode list = symbols.putArray("symbols");
            for (String symbol : type.substring("enum(".length(), type.length() - 1).split(",")) {
                list.add(symbol);
            }
            return symbols;
        }
        return NODES.textNode(type);
    }

    private ObjectNode record(String name, Guess guess) {
        ObjectNode record = NODES.objectNode().put("type", "record").put("name", unique(name));
        ArrayNode fields = record.putArray("fields");
        for (Part part : guess.parts()) {
            ObjectNode field = fields.addObject().put("name", part.name());
            field.set("type", type(name + '_' + part.name(), part.guess()));
            field.put("doc", doc(part));
            if (part.guess().nullable()) {
                field.putNull("default");
            }
        }
        return record;
    }

    private String unique(String name) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + '_' + i;
        }
        return unique;
    }

    private static String doc(Part part) {
        Guess.Evidence evidence = part.guess().evidence();
        StringBuilder doc = new StringBuilder();
        if (!part.name().equals(part.written())) {
            doc.append('\'').append(part.written()).append("' in the sample; ");
        }
        String type = part.guess().type();
        if (type.endsWith("]")) {
            doc.append(type, type.indexOf('[') + 1, type.length() - 1).append("; ");
        }
        doc.append(String.format(
                Locale.ROOT,
                "holds for %s of %d values, null in %s",
                GuessTable.percent(evidence.holdsShare()),
                evidence.values(),
                GuessTable.percent(evidence.nullShare())));
        return evidence.note().isEmpty() ? doc.toString() : doc + "; " + evidence.note();
    }
}
