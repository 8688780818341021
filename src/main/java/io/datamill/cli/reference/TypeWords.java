package io.datamill.cli.reference;

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
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The types of options in words. */
final class TypeWords {
    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Reference.class, "text, may hold `${env:NAME}`"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(int.class, "whole number"),
            Map.entry(Long.class, "whole number"),
            Map.entry(long.class, "whole number"),
            Map.entry(Double.class, "number"),
            Map.entry(double.class, "number"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Duration.class, "duration"),
            Map.entry(Instant.class, "time"),
            Map.entry(LocalDate.class, "date"),
            Map.entry(Object.class, "constant"),
            Map.entry(Fields.class, "fields and their types"),
            Map.entry(Node.class, "section"));

    private TypeWords() {}

    static String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == ListOrReference.class) {
                return "list of " + of(arguments[0]) + ", or " + of(Reference.class);
            }
            return generic.getRawType() == List.class
                    ? "list of " + of(arguments[0])
                    : "mapping of names to " + of(arguments[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return String.join(" | ", Option.constants(plain));
        }
        return WORDS.getOrDefault(plain, "options");
    }

    /** The record whose options stand below one of such a type, however deep it lies in lists and mappings. */
    static Optional<Class<?>> nested(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return nested(arguments[arguments.length - 1]);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() && !WORDS.containsKey(plain) ? Optional.of(plain) : Optional.empty();
    }
}
