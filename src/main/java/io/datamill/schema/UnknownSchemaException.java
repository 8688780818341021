package io.datamill.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** No schema has this id or name; says where was looked and, for a name, which names are near. */
public final class UnknownSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NEAREST = 3;

    private UnknownSchemaException(String message) {
        super(message);
    }

    static UnknownSchemaException ofId(Object id, String place) {
        return new UnknownSchemaException("no schema with id " + id + " in " + place);
    }

    static UnknownSchemaException ofName(String name, String place, Collection<String> known) {
        if (known.isEmpty()) {
            return new UnknownSchemaException("no schema '" + name + "' in " + place + ", which holds none");
        }
        return new UnknownSchemaException(
                "no schema '" + name + "' in " + place + "; nearest: " + String.join(", ", nearest(name, known)));
    }

    private static List<String> nearest(String name, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .sorted(Comparator.<String>comparingInt(other -> distance.apply(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }
}
