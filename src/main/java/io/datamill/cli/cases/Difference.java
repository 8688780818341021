package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Says where a value is not the expected one. Numbers are the same to a billionth of them, times where they are the same
 * moment however written; of a mapping the named fields are compared, unless it has to be exact.
 */
final class Difference {
    private static final BigDecimal CLOSE = new BigDecimal("1e-9");
    private static final int LONGEST = 200;

    private final boolean exact;
    private final List<String> found = new ArrayList<>();

    private Difference(boolean exact) {
        this.exact = exact;
    }

    /** One line for each difference, with its path. */
    static List<String> between(JsonNode expected, JsonNode actual, boolean exact, String path) {
        Difference difference = new Difference(exact);
        difference.compare(expected, actual, path);
        return difference.found;
    }

    private void compare(JsonNode expected, JsonNode actual, String path) {
        if (expected.isObject() && actual.isObject()) {
            fields(expected, actual, path);
        } else if (expected.isArray() && actual.isArray()) {
            if (expected.size() != actual.size()) {
                unequal(path, expected, actual);
                return;
            }
            for (int i = 0; i < expected.size(); i++) {
                compare(expected.get(i), actual.get(i), path + '[' + i + ']');
            }
        } else if (!isSame(expected, actual)) {
            unequal(path, expected, actual);
        }
    }

    private void fields(JsonNode expected, JsonNode actual, String path) {
        for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (actual.has(name)) {
                compare(expected.get(name), actual.get(name), below(path, name));
            } else {
                found.add(below(path, name) + ": expected " + shown(expected.get(name)) + ", but there is no such field");
            }
        }
        for (Iterator<String> names = actual.fieldNames(); exact && names.hasNext(); ) {
            String name = names.next();
            if (!expected.has(name)) {
                found.add(below(path, name) + ": not expected, but there is " + shown(actual.get(name)));
            }
        }
    }

    private void unequal(String path, JsonNode expected, JsonNode actual) {
        found.add(path + ": expected " + shown(expected) + ", but was " + shown(actual));
    }

    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return isClose(expected.decimalValue(), actual.decimalValue());
        }
        if (expected.isTextual() && actual.isTextual()) {
            return expected.textValue().equals(actual.textValue())
                    || isSameMoment(expected.textValue(), actual.textValue());
        }
        return expected.equals(actual);
    }

    private static boolean isClose(BigDecimal expected, BigDecimal actual) {
        BigDecimal tolerance = expected.abs().multiply(CLOSE, MathContext.DECIMAL64);
        return expected.subtract(actual).abs().compareTo(tolerance) <= 0;
    }

    private static boolean isSameMoment(String expected, String actual) {
        try {
            return Instant.parse(expected).equals(Instant.parse(actual));
        } catch (DateTimeException e) {
            return false;
        }
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }
}
