package io.datamill.testing;

import io.datamill.config.Reference;
import io.datamill.event.SourceRecord;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaIds;
import io.datamill.schema.SchemaRegistry;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.Avro;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Records of e-mail metadata as a sensor sends them, from the project's own schemas. */
public final class Mails {
    /** Where the schemas are, seen from the project's folder. */
    public static final String REGISTRY = "kinesis-fixtures/email-metadata/schemas";

    private static final SchemaRegistry SCHEMAS = new RegistryLocation(REGISTRY).open();
    private static final Map<String, Object> MAIL = Map.of(
            "event_id", "id-1",
            "org_id", "acme",
            "received_at", Events.ARRIVAL - 1000,
            "sender_domain", "a.example",
            "from_domain", "a.example",
            "subject", "Hello",
            "recipients", List.of("b@b.example"));

    private Mails() {}

    public static Adapter adapter() {
        return new Avro.Config(new Reference(REGISTRY), "email-metadata-v4").plan((option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
    }

    /** A good mail, as that version of the schema, with these fields set otherwise: name, value, name, value. */
    public static SourceRecord mail(int version, Object... changes) {
        GenericRecord mail = record(version, changes);
        Schema schema = mail.getSchema();
        return Events.record(new RecordEncoder(SchemaIds.of(schema), schema, false).encode(mail));
    }

    /** The same, not encoded. */
    public static GenericRecord record(int version, Object... changes) {
        GenericRecord mail = of(SCHEMAS.byName("email-metadata-v" + version));
        for (int i = 0; i < changes.length; i += 2) {
            mail.put((String) changes[i], changes[i + 1]);
        }
        return mail;
    }

    /** A good mail as that schema has it, to be changed. */
    static GenericRecord of(Schema schema) {
        GenericRecord mail = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            mail.put(field.pos(), MAIL.getOrDefault(field.name(), empty(field.schema())));
        }
        return mail;
    }

    private static Object empty(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> "";
            case INT -> 0;
            case LONG -> 0L;
            case ARRAY -> List.of();
            default -> null;
        };
    }
}
