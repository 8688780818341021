package io.datamill.step.transform.parse;

import io.datamill.step.Planning;
import io.datamill.step.transform.Conversion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/** The words for true and false. */
record BooleanText(List<String> trueValues, List<String> falseValues) implements TextParser {
    private static final long serialVersionUID = 1L;

    static TextParser plan(Parse.Config config, Planning planning) {
        BooleanText words = new BooleanText(
                config.trueValues() == null ? List.of("true") : config.trueValues(),
                config.falseValues() == null ? List.of("false") : config.falseValues());
        if (words.words().size() < words.trueValues.size() + words.falseValues.size()) {
            planning.problem(
                    config.trueValues() == null ? "false-values" : "true-values",
                    "a word stands twice among " + words.trueValues + " and " + words.falseValues);
            return null;
        }
        return words;
    }

    @Override
    public Schema type() {
        return Schema.create(Schema.Type.BOOLEAN);
    }

    @Override
    public Conversion open() {
        Map<String, Boolean> words = words();
        return value -> {
            String text = (String) value;
            Boolean as = words.get(text);
            as = as == null ? words.get(text.toLowerCase(Locale.ROOT)) : as;
            return as == null ? Conversion.FAILED : as;
        };
    }

    private Map<String, Boolean> words() {
        Map<String, Boolean> words = new HashMap<>();
        trueValues.forEach(word -> words.put(word.strip().toLowerCase(Locale.ROOT), true));
        falseValues.forEach(word -> words.put(word.strip().toLowerCase(Locale.ROOT), false));
        return words;
    }
}
