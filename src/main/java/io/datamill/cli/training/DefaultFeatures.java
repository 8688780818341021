package io.datamill.cli.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** What a model looks at where nobody said: every number and every boolean of an event, but no time. */
public final class DefaultFeatures {
    private static final Set<Schema.Type> NUMBERS =
            EnumSet.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    private DefaultFeatures() {}

    /**
     * A feature for each field, under its name.
     *
     * @param without fields to leave out
     * @throws IllegalArgumentException if there is none
     */
    public static Map<String, Feature> of(Schema schema, Set<String> without) {
        Map<String, Feature> features = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema().isUnion()
                    ? field.schema().getTypes().stream()
                            .filter(branch -> branch.getType() != Schema.Type.NULL)
                            .findFirst()
                            .orElse(field.schema())
                    : field.schema();
            if (without.contains(field.name()) || type.getLogicalType() != null) {
                continue;
            }
            if (NUMBERS.contains(type.getType())) {
                features.put(field.name(), new Feature.Numeric(field.name(), 0));
            } else if (type.getType() == Schema.Type.BOOLEAN) {
                features.put(field.name(), new Feature.Flag(field.name(), 0));
            }
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException("no field is a number or boolean to learn from; give --features FILE");
        }
        return features;
    }

    /** As a file declares them. */
    public static String json(Map<String, Feature> features) {
        Map<String, JsonNode> declared = new LinkedHashMap<>();
        // One by one: of a map, Jackson would not know that its values have kinds.
        features.forEach((name, feature) -> declared.put(name, ArtifactJson.tree(feature)));
        return ArtifactJson.write(declared);
    }
}
