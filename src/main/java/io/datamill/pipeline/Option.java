package io.datamill.pipeline;

import io.datamill.config.OptionDoc;
import io.datamill.config.Whole;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * One option of a configuration record, as the YAML has it: what the reference and an editor's schema are made of.
 *
 * @param name in kebab-case; of no meaning where {@code whole}
 * @param type what its value binds to
 * @param whole whether the value of the whole verb is this option's
 * @param text what it says; empty where nobody has written it
 * @param otherwise what holds where it is absent; empty where it is required
 */
public record Option(String name, Type type, boolean whole, String text, String otherwise) {

    /** The options of a record, in the order of its components. */
    public static List<Option> of(Class<?> config) {
        return Arrays.stream(config.getRecordComponents()).map(Option::of).toList();
    }

    /** The names of an enum's constants as the YAML has them. */
    public static List<String> constants(Class<?> type) {
        return Scalars.constants(type);
    }

    public boolean isDocumented() {
        return !text.isBlank();
    }

    public boolean isRequired() {
        return isDocumented() && otherwise.isEmpty() || type instanceof Class<?> plain && plain.isPrimitive();
    }

    private static Option of(RecordComponent component) {
        OptionDoc doc = component.getAnnotation(OptionDoc.class);
        return new Option(
                Construction.option(component),
                component.getGenericType(),
                component.isAnnotationPresent(Whole.class),
                doc == null ? "" : doc.value(),
                doc == null ? "" : doc.otherwise());
    }
}
