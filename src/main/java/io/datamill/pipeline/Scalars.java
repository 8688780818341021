package io.datamill.pipeline;

import io.datamill.config.Durations;
import io.datamill.config.Reference;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the text of a scalar into the value a configuration record asks for. */
final class Scalars {
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.ofEntries(
            Map.entry(String.class, Function.identity()),
            Map.entry(Reference.class, Reference::new),
            Map.entry(Integer.class, text -> number(text, "a whole number", Integer::valueOf)),
            Map.entry(int.class, text -> number(text, "a whole number", Integer::valueOf)),
            Map.entry(Long.class, text -> number(text, "a whole number", Long::valueOf)),
            Map.entry(long.class, text -> number(text, "a whole number", Long::valueOf)),
            Map.entry(Double.class, text -> number(text, "a number", Double::valueOf)),
            Map.entry(double.class, text -> number(text, "a number", Double::valueOf)),
            Map.entry(Boolean.class, Scalars::bool),
            Map.entry(boolean.class, Scalars::bool),
            Map.entry(Duration.class, Durations::parse),
            Map.entry(Instant.class, text -> time(text, "a time such as 2026-01-31T12:00:00Z", Instant::parse)),
            Map.entry(LocalDate.class, text -> time(text, "a date such as 2026-01-31", LocalDate::parse)));

    private Scalars() {}

    static boolean reads(Class<?> type) {
        return READERS.containsKey(type) || type.isEnum() || type == Object.class;
    }

    /** @throws IllegalArgumentException saying what was read and what was expected */
    static Object read(ScalarNode node, Class<?> type) {
        if (type == Object.class) {
            return plain(node);
        }
        return type.isEnum()
                ? constant(node.getValue(), type)
                : READERS.get(type).apply(node.getValue());
    }

    private static Object plain(ScalarNode node) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.INT)) {
            return number(node.getValue(), "a whole number", Scalars::whole);
        }
        if (tag.equals(Tag.FLOAT)) {
            return number(node.getValue(), "a number", Double::valueOf);
        }
        return tag.equals(Tag.BOOL) ? bool(node.getValue()) : node.getValue();
    }

    private static Number whole(String text) {
        long value = Long.parseLong(text);
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    private static <T> T number(String text, String expected, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw unexpected(expected, text);
        }
    }

    private static <T> T time(String text, String expected, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw unexpected(expected, text);
        }
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unexpected("true or false", text);
        };
    }

    private static Object constant(String text, Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> kebab(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> unexpected("one of " + String.join(", ", constants(type)), text));
    }

    /** The names of an enum's constants as the YAML has them. */
    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Scalars::kebab).toList();
    }

    private static String kebab(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static IllegalArgumentException unexpected(String expected, String read) {
        return new IllegalArgumentException("expected " + expected + ", but read '" + read + "'");
    }
}
