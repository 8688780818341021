package io.datamill.step.profile;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What is held for one key: of each feature, by its name, the longs it is made of. A feature that is new under a
 * savepoint is not in the map and starts empty. A POJO: a field can be added to it under a savepoint.
 */
public class ProfileState {
    /** By {@link Feature#name()}. */
    public Map<String, long[]> features = new HashMap<>();

    static TypeInformation<ProfileState> type() {
        return Types.POJO(
                ProfileState.class,
                Map.of("features", Types.MAP(Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)));
    }
}
