package io.datamill.pipeline;

import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.config.Suggestion;
import io.datamill.config.Whole;
import io.datamill.schema.Fields;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Binds YAML to configuration records: options in kebab-case to components in camel case. An option that is not there
 * is null; the record's compact constructor says whether that may be.
 */
final class Binder {
    /** Stands for a value whose problem has been reported. */
    private static final Object UNREADABLE = new Object();

    private final Problems problems;
    private final Construction construction;

    Binder(Problems problems) {
        this.problems = problems;
        this.construction = new Construction(problems);
    }

    /**
     * @param aside options of the mapping that are read elsewhere
     * @return the record, or empty with all problems reported
     */
    <R> Optional<R> bind(Node node, Class<R> type, String path, Set<String> aside) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        if (components.length == 1 && components[0].isAnnotationPresent(Whole.class)) {
            values[0] = value(node, components[0].getGenericType(), path);
        } else {
            Optional<Map<String, Node>> options = options(node, type, path, aside);
            if (options.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < components.length; i++) {
                String option = Construction.option(components[i]);
                Node found = options.get().get(option);
                values[i] = found == null
                        ? null
                        : value(found, components[i].getGenericType(), Problems.below(path, option));
            }
        }
        return Arrays.asList(values).contains(UNREADABLE)
                ? Optional.empty()
                : construction.construct(type, values, path);
    }

    /** The options' values by name; a misspelt option, once told, counts as the one that is clearly meant. */
    private Optional<Map<String, Node>> options(Node node, Class<?> type, String path, Set<String> aside) {
        List<String> known = Construction.options(type);
        Map<String, Node> options = new HashMap<>();
        List<NodeTuple> unknown = new ArrayList<>();
        if (!(node instanceof MappingNode) && !isNull(node)) {
            String expected = known.isEmpty() ? "no options" : "a mapping of " + String.join(", ", known);
            problems.add(path, "expected " + expected + ", but read " + read(node));
            return Optional.empty();
        }
        for (NodeTuple entry : entries(node)) {
            String key = text(entry.getKeyNode());
            if (known.contains(key)) {
                options.putIfAbsent(key, entry.getValueNode());
            } else if (!aside.contains(key) && entry.getKeyNode() instanceof ScalarNode) {
                unknown.add(entry);
            }
        }
        Collection<String> names = known;
        if (!aside.isEmpty()) {
            names = new TreeSet<>(known); // In one order, whichever of the records is bound: the mistake is told once.
            names.addAll(aside);
        }
        for (NodeTuple entry : unknown) {
            misspelt(entry, path, names)
                    .filter(known::contains)
                    .ifPresent(option -> options.putIfAbsent(option, entry.getValueNode()));
        }
        return Optional.of(options);
    }

    /** Reports an option that there is not; the one that is clearly meant, if any. */
    private Optional<String> misspelt(NodeTuple entry, String path, Collection<String> names) {
        String key = text(entry.getKeyNode());
        String written = Problems.below(path, key);
        String advice = names.isEmpty() ? "; there is none" : Suggestion.amongOrAll(key, names);
        problems.add(written, entry.getKeyNode().getStartMark(), "no option '" + key + "'" + advice);
        Optional<String> meant = Suggestion.meant(key, names);
        meant.ifPresent(option -> problems.locate(written, Problems.below(path, option)));
        return meant;
    }

    /** A value that is no record, or empty with the problem reported. */
    <T> Optional<T> scalar(Node node, Class<T> type, String path) {
        Object value = scalarOrProblem(node, type, path);
        return value == UNREADABLE ? Optional.empty() : Optional.of(type.cast(value));
    }

    private Object value(Node node, Type type, String path) {
        if (type == Node.class) {
            return node;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(node, generic.getActualTypeArguments()[0], path);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return map(node, generic.getActualTypeArguments()[1], path);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == ListOrReference.class) {
            return listOrReference(node, generic.getActualTypeArguments()[0], path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Fields.class) {
            return new FieldsReader(problems)
                    .read(node, path)
                    .map(Object.class::cast)
                    .orElse(UNREADABLE);
        }
        if (plain.isRecord() && !Scalars.reads(plain)) {
            return bind(node, plain, path, Set.of()).map(Object.class::cast).orElse(UNREADABLE);
        }
        if (!Scalars.reads(plain)) {
            throw new IllegalStateException(path + ": a configuration record cannot have a " + plain);
        }
        return scalarOrProblem(node, plain, path);
    }

    private Object scalarOrProblem(Node node, Class<?> type, String path) {
        if (isNull(node)) {
            return unreadable(path, "has no value");
        }
        if (!(node instanceof ScalarNode scalar)) {
            return unreadable(path, "expected a single value, but read " + read(node));
        }
        try {
            return Scalars.read(scalar, type);
        } catch (IllegalArgumentException e) {
            return unreadable(path, e.getMessage());
        }
    }

    private Object list(Node node, Type element, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            return unreadable(path, "expected a list such as [a, b], but read " + read(node));
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            values.add(value(sequence.getValue().get(i), element, path + '[' + i + ']'));
        }
        return values.contains(UNREADABLE) ? UNREADABLE : List.copyOf(values);
    }

    private Object listOrReference(Node node, Type element, String path) {
        boolean named = node instanceof ScalarNode && !isNull(node);
        Object read = named ? scalarOrProblem(node, Reference.class, path) : list(node, element, path);
        if (read == UNREADABLE) {
            return UNREADABLE;
        }
        return named ? new ListOrReference<>(null, (Reference) read) : new ListOrReference<>((List<?>) read, null);
    }

    private Object map(Node node, Type element, String path) {
        if (!(node instanceof MappingNode)) {
            return unreadable(path, "expected a mapping such as { name: value }, but read " + read(node));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (NodeTuple entry : entries(node)) {
            String key = text(entry.getKeyNode());
            values.putIfAbsent(key, value(entry.getValueNode(), element, Problems.below(path, key)));
        }
        return values.containsValue(UNREADABLE) ? UNREADABLE : Collections.unmodifiableMap(values);
    }

    private Object unreadable(String path, String message) {
        problems.add(path, message);
        return UNREADABLE;
    }

    static List<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** What a node is, for a person. */
    static String read(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        return switch (node.getNodeType()) {
            case MAPPING -> entries(node).isEmpty() ? "an empty mapping" : "a mapping";
            case SEQUENCE -> ((SequenceNode) node).getValue().isEmpty() ? "an empty list" : "a list";
            default -> "'" + text(node) + "'";
        };
    }
}
