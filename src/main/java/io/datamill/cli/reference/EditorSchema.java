package io.datamill.cli.reference;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.config.VerbDoc;
import io.datamill.event.Versions;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Grammar;
import io.datamill.pipeline.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON Schema (draft 7, which editors know best) of a pipeline's file, made of the records that the file binds to. It
 * refuses what the binder refuses by form; what depends on the schemas of events only {@code validate} can tell.
 */
public final class EditorSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = JSON.writer(new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance));

    private final Catalog catalog;

    public EditorSchema(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The schema as text, which ends in a line break. */
    public String text() {
        try {
            return WRITER.writeValueAsString(schema()) + '\n';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode schema() {
        ObjectNode file = JSON.createObjectNode();
        file.put("$schema", "http://json-schema.org/draft-07/schema#");
        file.put("title", "A pipeline of Datamill");
        sections(file, Grammar.FILE);
        ArrayNode needed = file.putArray("allOf");
        ArrayNode ways = needed.addObject().putArray("anyOf");
        ways.addObject().putArray("required").add("source").add("adapter").add("event");
        ways.addObject().putArray("required").add("inputs");
        ArrayNode ends = needed.addObject().putArray("anyOf");
        ends.addObject().putArray("required").add("sinks");
        ends.addObject().putArray("required").add("branches");
        ObjectNode definitions = file.putObject("definitions");
        sections(definitions.putObject("input"), Grammar.INPUT);
        sections(definitions.putObject("branch"), Grammar.BRANCH);
        definitions.set("adapter", choice(catalog.adapters(), null));
        definitions.set("step", choice(catalog.verbs(), null));
        definitions.set("sink", choice(catalog.sinks(), Grammar.SINK));
        definitions.set("source", choice(Grammar.SOURCES, null));
        definitions.set("fields", OptionSchema.fields());
        return file;
    }

    /** A mapping of sections: those that are options of their own are told by their names. */
    private void sections(ObjectNode schema, Class<?> record) {
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.createArrayNode();
        for (Option option : Option.of(record)) {
            ObjectNode section = section(option);
            properties.set(option.name(), section);
            section.put("description", option.text());
            if (option.isRequired()) {
                required.add(option.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private ObjectNode section(Option option) {
        ObjectNode schema = JSON.createObjectNode();
        switch (option.name()) {
            case "pipeline" -> schema.put("type", "string").put("pattern", '^' + Grammar.NAME + '$');
            case "generation" ->
                schema.put("type", "integer").put("minimum", 0).put("maximum", Versions.MAX_GENERATION);
            case "source", "adapter" -> referring(schema, option.name());
            case "event" -> schema.setAll(OptionSchema.record(Grammar.EVENT));
            case "ledger" -> schema.setAll(OptionSchema.record(Grammar.LEDGER));
            case "alerts" -> schema.setAll(OptionSchema.record(Grammar.ALERTS));
            case "raw" -> schema.setAll(OptionSchema.record(Grammar.RAW));
            case "inputs" -> named(schema, "input");
            case "branches" -> named(schema, "branch");
            case "steps" -> list(schema, "step");
            case "sinks" -> list(schema, "sink");
            case "rejects" -> schema.setAll(stores());
            case "when" -> schema.put("type", "string");
            default -> throw new IllegalStateException("no schema of the section " + option.name());
        }
        return schema;
    }

    /** Unlike elsewhere there may be several. */
    private ObjectNode stores() {
        ObjectNode stores = choice(catalog.rejects(), null);
        stores.remove("maxProperties");
        return stores;
    }

    /** In draft 7 whatever stands beside a $ref is ignored, the description too. */
    private static void referring(ObjectNode schema, String definition) {
        schema.putArray("allOf").addObject().put("$ref", "#/definitions/" + definition);
    }

    private static void named(ObjectNode schema, String definition) {
        schema.put("type", "object").put("minProperties", 1);
        schema.putObject("propertyNames").put("pattern", '^' + Grammar.NAME + '$');
        schema.putObject("additionalProperties").put("$ref", "#/definitions/" + definition);
    }

    private static void list(ObjectNode schema, String definition) {
        schema.put("type", "array").put("minItems", 1);
        schema.putObject("items").put("$ref", "#/definitions/" + definition);
    }

    /** A mapping of one entry, whose name chooses its options. */
    private static ObjectNode choice(Map<String, ? extends Class<?>> known, Class<?> common) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("type", "object").put("additionalProperties", false);
        schema.put("minProperties", 1).put("maxProperties", 1);
        ObjectNode properties = schema.putObject("properties");
        new TreeMap<>(known).forEach((name, config) -> {
            ObjectNode options = OptionSchema.record(config);
            if (common != null) {
                OptionSchema.add(options, common);
            }
            VerbDoc doc = config.getAnnotation(VerbDoc.class);
            properties.set(name, doc == null ? options : options.put("description", doc.purpose()));
        });
        return schema;
    }
}
