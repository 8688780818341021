package io.datamill.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the sources say of a pipeline's mistakes: the string literals in every call that reports one. A literal counts if
 * it has a space and at least {@value #SHORTEST} characters; what is shorter, or has none, is an option's name or a mark.
 *
 * @param fragments the literals
 * @param silent how many calls in each file have no literal that counts
 */
record Messages(Set<String> fragments, Map<String, Integer> silent) {
    private static final int SHORTEST = 8;
    private static final List<String> PACKAGES = List.of("pipeline", "sink", "source", "step");
    private static final Pattern CALL =
            Pattern.compile("\\b(?:problem|unreadable|new IllegalArgumentException|(?:problems|planning)\\.add(?:Once)?"
                    + "|(?:problems|report|counted)\\.accept)\\(");
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)'|[()]");

    static Messages inSources(Path root) throws IOException {
        Messages messages = new Messages(new TreeSet<>(), new TreeMap<>());
        for (String folder : PACKAGES) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .toList()) {
                    messages.read(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return messages;
    }

    private void read(String file, String source) {
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            List<String> literals = literals(source, call.end());
            fragments.addAll(literals);
            if (literals.isEmpty()) {
                silent.merge(file, 1, Integer::sum);
            }
        }
    }

    /** The literals up to the bracket that ends the call. */
    private static List<String> literals(String source, int from) {
        List<String> literals = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int depth = 1;
        for (int at = from; depth > 0 && token.find(at); at = token.end()) {
            String literal = token.group(1) == null ? "" : token.group(1).translateEscapes();
            if (literal.length() >= SHORTEST && literal.contains(" ")) {
                literals.add(literal);
            }
            depth += token.group().equals("(") ? 1 : token.group().equals(")") ? -1 : 0;
        }
        return literals;
    }
}
