package io.datamill.event;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of the stream across the shuffle. */
public final class KeyedRecordTypeInformation extends TypeInformation<KeyedRecord> {
    public static final KeyedRecordTypeInformation INSTANCE = new KeyedRecordTypeInformation();

    private static final long serialVersionUID = 1L;

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
    public Class<KeyedRecord> getTypeClass() {
        return KeyedRecord.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<KeyedRecord> createSerializer(SerializerConfig config) {
        return KeyedRecordSerializer.INSTANCE;
    }

    @Override
    @SuppressWarnings("deprecation") // Flink 1.20 declares this one abstract.
    public TypeSerializer<KeyedRecord> createSerializer(ExecutionConfig config) {
        return createSerializer(config.getSerializerConfig());
    }

    @Override
    public String toString() {
        return "KeyedRecord";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyedRecordTypeInformation;
    }

    @Override
    public int hashCode() {
        return KeyedRecordTypeInformation.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof KeyedRecordTypeInformation;
    }
}
