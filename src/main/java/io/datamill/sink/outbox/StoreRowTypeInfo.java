package io.datamill.sink.outbox;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Keeps {@link StoreRow} away from reflection: it crosses the network for every event and sink. */
final class StoreRowTypeInfo extends TypeInformation<StoreRow> {
    private static final long serialVersionUID = 1L;

    /** Found by Flink through {@link StoreRow}'s annotation. */
    public static final class Factory extends TypeInfoFactory<StoreRow> {
        @Override
        public TypeInformation<StoreRow> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new StoreRowTypeInfo();
        }
    }

    @Override
    public TypeSerializer<StoreRow> createSerializer(SerializerConfig config) {
        return StoreRowSerializer.INSTANCE;
    }

    @Override
    @Deprecated
    public TypeSerializer<StoreRow> createSerializer(ExecutionConfig config) {
        return StoreRowSerializer.INSTANCE;
    }

    @Override
    public Class<StoreRow> getTypeClass() {
        return StoreRow.class;
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
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof StoreRowTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoreRowTypeInfo;
    }

    @Override
    public int hashCode() {
        return StoreRowTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "StoreRow";
    }
}
