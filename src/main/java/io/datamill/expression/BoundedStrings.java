package io.datamill.expression;

import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The string functions whose result may be many times as long as what they are given: {@code replace} and {@code join}.
 * They end once it is too long, before the memory does.
 */
final class BoundedStrings {
    /** Characters of the longest text that an expression may make. */
    static final int LONGEST = 1 << 20;

    private static final Class<?> TEXT = String.class;

    private BoundedStrings() {}

    /** All functions of CEL's library that are not here. */
    static Set<CelStringExtensions.Function> others() {
        return EnumSet.complementOf(
                EnumSet.of(CelStringExtensions.Function.REPLACE, CelStringExtensions.Function.JOIN));
    }

    static Set<CelFunctionBinding> replace() {
        return CelFunctionBinding.fromOverloads(
                "replace",
                CelFunctionBinding.from(
                        "string_replace_string_string",
                        List.of(TEXT, TEXT, TEXT),
                        args -> replace((String) args[0], (String) args[1], (String) args[2], -1)),
                CelFunctionBinding.from(
                        "string_replace_string_string_int",
                        List.of(TEXT, TEXT, TEXT, Long.class),
                        args -> replace((String) args[0], (String) args[1], (String) args[2], (long) args[3])));
    }

    static Set<CelFunctionBinding> join() {
        return CelFunctionBinding.fromOverloads(
                "join",
                CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
                CelFunctionBinding.from("list_join_string", List.class, String.class, BoundedStrings::join));
    }

    /** @param limit how many are replaced; negative: all. Nothing is found before each character and behind the last */
    private static String replace(String text, String search, String replacement, long limit)
            throws CelEvaluationException {
        StringBuilder out = new StringBuilder();
        int from = 0;
        int found = limit == 0 ? -1 : text.indexOf(search);
        for (long left = limit; found >= 0 && left != 0; left--) {
            append(text.substring(from, found), out);
            append(replacement, out);
            from = found + search.length();
            found = next(text, search, found);
        }
        append(text.substring(from), out);
        return out.toString();
    }

    private static int next(String text, String search, int found) {
        if (!search.isEmpty()) {
            return text.indexOf(search, found + search.length());
        }
        return found == text.length() ? -1 : text.offsetByCodePoints(found, 1);
    }

    private static String join(List<?> list, String separator) throws CelEvaluationException {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String text)) {
                throw new CelEvaluationException("null or a value of the wrong type for function 'join'");
            }
            append(i == 0 ? "" : separator, out);
            append(text, out);
        }
        return out.toString();
    }

    private static void append(String text, StringBuilder out) throws CelEvaluationException {
        if (text.length() > LONGEST - out.length()) {
            throw new CelEvaluationException("a text of more than " + LONGEST + " characters");
        }
        out.append(text);
    }
}
