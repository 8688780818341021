package io.datamill.step.adapter.line;

import io.datamill.config.Suggestion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces {@code %{NAME}}, {@code %{NAME:field}} and {@code %{NAME:field:type}} by the definitions they name, and theirs
 * by those they name. What is captured becomes a group named with all of the reference, {@code NAME:field:type}.
 */
final class GrokExpansion {
    private static final Pattern REFERENCE = Pattern.compile("%\\{([^{}]*)}");
    private static final Pattern FORM = Pattern.compile("\\w+(?:[:;][^{}<>]*)?");

    /** What the library's nameless parts are called; it is no field. */
    private static final String UNWANTED = "UNWANTED";

    private static final int DEEPEST = 32;
    private static final int LONGEST = 200_000;

    private final Map<String, String> definitions;
    private final Deque<String> within = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder();

    private GrokExpansion(Map<String, String> definitions) {
        this.definitions = definitions;
    }

    /** @throws IllegalArgumentException where a reference cannot be replaced, saying which */
    static String of(String pattern, Map<String, String> definitions) {
        GrokExpansion expansion = new GrokExpansion(definitions);
        expansion.expand(pattern);
        return expansion.out.toString();
    }

    private void expand(String pattern) {
        Matcher reference = REFERENCE.matcher(pattern);
        int from = 0;
        while (reference.find()) {
            append(pattern, from, reference.start());
            reference(reference.group(1));
            from = reference.end();
        }
        append(pattern, from, pattern.length());
    }

    private void reference(String body) {
        if (!FORM.matcher(body).matches()) {
            throw new IllegalArgumentException(
                    "has %{" + body + "}, expected %{NAME}, %{NAME:field} or %{NAME:field:type}");
        }
        String name = name(body);
        String definition = definitions.get(name);
        if (definition == null) {
            throw new IllegalArgumentException(
                    "names %{" + name + "}, which is not defined" + Suggestion.among(name, definitions.keySet()));
        }
        if (within.contains(name)) {
            throw new IllegalArgumentException("has %{" + name + "} within itself: "
                    + within.stream().collect(Collectors.joining(" > ")) + " > " + name);
        }
        if (within.size() >= DEEPEST) {
            throw new IllegalArgumentException("nests definitions more than " + DEEPEST + " deep, at %{" + name + '}');
        }
        String field = field(body);
        append(field.isEmpty() || field.equals(UNWANTED) ? "(?:" : "(?<" + body + '>');
        within.addLast(name);
        expand(definition);
        within.removeLast();
        append(")");
    }

    private void append(String text, int from, int to) {
        if (out.length() + (to - from) > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters with all definitions");
        }
        out.append(text, from, to);
    }

    private void append(String text) {
        append(text, 0, text.length());
    }

    /** The definition that a reference, or a group made of it, names. */
    static String name(String body) {
        return parts(body)[0];
    }

    /** The field it captures; empty where it does not. */
    static String field(String body) {
        String[] parts = parts(body);
        return parts.length > 1 ? parts[1] : "";
    }

    /** The type behind it; empty where there is none. */
    static String type(String body) {
        String[] parts = parts(body);
        return parts.length > 2 ? parts[2] : "";
    }

    private static String[] parts(String body) {
        return body.split("[:;]", 3);
    }
}
