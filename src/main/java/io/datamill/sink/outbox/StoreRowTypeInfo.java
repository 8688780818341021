package io.datamill.sink.outbox;

import io.datamill.event.FlowType;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Keeps {@link StoreRow} away from reflection: it crosses the network for every event and sink. */
final class StoreRowTypeInfo extends FlowType<StoreRow> {
    private static final long serialVersionUID = 1L;

    private StoreRowTypeInfo() {
        super(StoreRow.class, StoreRowSerializer.INSTANCE);
    }

    /** Found by Flink through {@link StoreRow}'s annotation. */
    public static final class Factory extends TypeInfoFactory<StoreRow> {
        @Override
        public TypeInformation<StoreRow> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new StoreRowTypeInfo();
        }
    }
}
