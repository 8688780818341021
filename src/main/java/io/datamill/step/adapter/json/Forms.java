package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datamill.event.RejectedEventException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells which form an object has by the names of its members. */
final class Forms {
    /** Each name of a {@code when} is one bit. */
    static final int MOST_NAMES = 64;

    private final Map<String, Long> bits = new HashMap<>();
    private final long[] needed;
    private final String expected;

    /** @param forms in their order, with at most {@link #MOST_NAMES} different names in all */
    Forms(Map<String, Json.Form> forms) {
        needed = forms.values().stream()
                .mapToLong(form -> form.when().stream()
                        .mapToLong(this::bit)
                        .reduce(0, (left, right) -> left | right))
                .toArray();
        expected = forms.entrySet().stream()
                .map(form -> form.getKey() + " (" + described(form.getValue().when()) + ')')
                .collect(Collectors.joining(", "));
    }

    private long bit(String name) {
        return bits.computeIfAbsent(name, missing -> 1L << bits.size());
    }

    private static String described(List<String> when) {
        return "with " + String.join(" and ", when);
    }

    /**
     * The number of the first form that fits.
     *
     * @param parser before an object, which it may not read to the end
     */
    int find(JsonParser parser) throws IOException, RejectedEventException {
        parser.nextToken();
        long present = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Long bit = bits.get(parser.currentName());
            if (bit != null) {
                present |= bit;
                if ((present & needed[0]) == needed[0]) {
                    return 0; // No later member can make another form the first.
                }
            }
            parser.nextToken();
            parser.skipChildren();
        }
        for (int i = 1; i < needed.length; i++) {
            if ((present & needed[i]) == needed[i]) {
                return i;
            }
        }
        throw JsonReason.UNKNOWN_FORM.reject("the object has the members of no form, expected one of " + expected);
    }
}
