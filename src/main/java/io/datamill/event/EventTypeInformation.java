package io.datamill.event;

import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a stream of events whose values follow one planned schema. */
public final class EventTypeInformation extends TypeInformation<Event> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;

    /** @param schema the record schema planned for this point of the pipeline */
    public EventTypeInformation(Schema schema) {
        this.schema = Objects.requireNonNull(schema);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Event> getTypeClass() {
        return Event.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Event> createSerializer(SerializerConfig config) {
        return new EventSerializer(schema);
    }

    @Override
    @SuppressWarnings("deprecation") // Flink 1.20 declares this one abstract.
    public TypeSerializer<Event> createSerializer(ExecutionConfig config) {
        return createSerializer(config.getSerializerConfig());
    }

    @Override
    public String toString() {
        return "Event of " + schema.getFullName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTypeInformation that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof EventTypeInformation;
    }
}
