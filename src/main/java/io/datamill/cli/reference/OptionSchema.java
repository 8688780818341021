package io.datamill.cli.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.pipeline.Option;
import io.datamill.schema.Fields;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * JSON Schemas of what options bind to. A text takes a number or true too, since the binder reads a scalar as it is
 * written; a number takes no text.
 */
final class OptionSchema {
    /** Ends before a ${ that begins no reference. */
    private static final String REFERENCE = "^([^$]|\\$(?!\\{)|\\$\\{(env|file):[^}]*\\})*$";

    private static final String TYPE = "^ *(int|long|double|string|bytes|boolean|timestamp(\\[.+\\])?|date(\\[.+\\])?"
            + "|decimal\\( *[0-9]{1,2} *(, *[0-9]{1,2} *)?\\)|enum\\(.+\\)|(array|map)<.+>) *\\?? *$";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OptionSchema() {}

    /** The mapping, or the one value, that a record binds to. */
    static ObjectNode record(Class<?> record) {
        List<Option> options = Option.of(record);
        if (options.size() == 1 && options.get(0).whole()) {
            return described(of(options.get(0).type()), options.get(0));
        }
        ObjectNode schema = NODES.objectNode();
        schema.put("type", "object").put("additionalProperties", false);
        schema.putObject("properties");
        add(schema, record);
        if (!schema.has("required")) {
            schema.putArray("type").add("object").add("null");
        }
        return schema;
    }

    /** Adds a record's options to those of another. */
    static void add(ObjectNode schema, Class<?> record) {
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ArrayNode required = schema.has("required") ? (ArrayNode) schema.get("required") : NODES.arrayNode();
        for (Option option : Option.of(record)) {
            properties.set(option.name(), described(of(option.type()), option));
            if (option.isRequired()) {
                required.add(option.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    /** What a block of fields and types may be. */
    static ObjectNode fields() {
        ObjectNode schema = NODES.objectNode();
        schema.put("type", "object").put("minProperties", 1);
        schema.putObject("propertyNames").put("pattern", "^[A-Za-z_][A-Za-z0-9_]{0,126}\\??$");
        ArrayNode types = schema.putObject("additionalProperties").putArray("anyOf");
        types.addObject().put("type", "string").put("pattern", TYPE);
        types.addObject().put("$ref", "#/definitions/fields");
        ObjectNode list =
                types.addObject().put("type", "array").put("minItems", 1).put("maxItems", 1);
        ArrayNode element = list.putObject("items").putArray("anyOf");
        element.addObject().put("type", "string").put("pattern", TYPE);
        element.addObject().put("$ref", "#/definitions/fields");
        return schema;
    }

    private static ObjectNode described(ObjectNode schema, Option option) {
        String otherwise = option.otherwise().isEmpty() ? "" : " If absent: " + option.otherwise() + '.';
        if (!option.isDocumented()) {
            return schema;
        }
        if (schema.has("$ref")) { // In draft 7 whatever stands beside a $ref is ignored.
            ObjectNode around = NODES.objectNode();
            around.putArray("allOf").add(schema);
            return around.put("description", option.text() + otherwise);
        }
        return schema.put("description", option.text() + otherwise);
    }

    private static ObjectNode of(Type type) {
        ObjectNode schema = NODES.objectNode();
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == ListOrReference.class) {
                ArrayNode ways = schema.putArray("anyOf");
                ways.addObject().put("type", "array").set("items", of(arguments[0]));
                ways.add(of(Reference.class));
                return schema;
            }
            boolean list = generic.getRawType() == List.class;
            schema.put("type", list ? "array" : "object");
            schema.set(list ? "items" : "additionalProperties", of(arguments[arguments.length - 1]));
            return schema;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Node.class) {
            return schema;
        }
        if (plain == Fields.class) {
            return schema.put("$ref", "#/definitions/fields");
        }
        if (plain.isEnum()) {
            ArrayNode constants = schema.putArray("enum");
            Option.constants(plain).forEach(constants::add);
            return schema;
        }
        return SCALARS.containsKey(plain) ? scalar(schema, SCALARS.get(plain)) : record(plain);
    }

    /**
     * A scalar's form.
     *
     * @param type of JSON; empty: any scalar
     * @param pattern of its text; empty: any
     */
    private record Scalar(String type, String pattern) {}

    private static final Scalar WHOLE = new Scalar("integer", "");
    private static final Scalar NUMBER = new Scalar("number", "");
    private static final Scalar TRUTH = new Scalar("boolean", "");
    private static final Map<Class<?>, Scalar> SCALARS = Map.ofEntries(
            Map.entry(String.class, new Scalar("", "")),
            Map.entry(Object.class, new Scalar("", "")),
            Map.entry(Reference.class, new Scalar("", REFERENCE)),
            Map.entry(Integer.class, WHOLE),
            Map.entry(int.class, WHOLE),
            Map.entry(Long.class, WHOLE),
            Map.entry(long.class, WHOLE),
            Map.entry(Double.class, NUMBER),
            Map.entry(double.class, NUMBER),
            Map.entry(Boolean.class, TRUTH),
            Map.entry(boolean.class, TRUTH),
            Map.entry(Duration.class, new Scalar("string", "^[0-9]{1,12}(ms|s|m|h|d)$")),
            Map.entry(Instant.class, new Scalar("string", "^[0-9+-]+-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)$")),
            Map.entry(LocalDate.class, new Scalar("string", "^[0-9+-]+-[0-9]{2}-[0-9]{2}$")));

    private static ObjectNode scalar(ObjectNode schema, Scalar scalar) {
        if (scalar.type().isEmpty()) {
            schema.putArray("type").add("string").add("number").add("boolean");
        } else {
            schema.put("type", scalar.type());
        }
        return scalar.pattern().isEmpty() ? schema : schema.put("pattern", scalar.pattern());
    }
}
