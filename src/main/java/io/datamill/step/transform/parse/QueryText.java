package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.transform.Conversion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The parameters of a URL, or of its query alone; of one that stands twice the first. */
record QueryText(List<String> which, Schema type, int maxParameters) implements TextParser {
    private static final long serialVersionUID = 1L;
    static final int MAX_PARAMETERS = 100;
    static final int HIGHEST_MAX = 1000;

    static TextParser plan(Parse.Config config, Planning planning) {
        if (config.which() == null) {
            return new QueryText(null, TypeText.parse("map<string>"), config.maxParameters());
        }
        List<String> which = config.which();
        boolean right = !which.isEmpty();
        if (which.isEmpty()) {
            planning.problem("which", "is empty; name at least one parameter, or leave it out for a map of all");
        }
        for (int i = 0; i < which.size(); i++) {
            if (!Planning.isName(which.get(i)) || which.indexOf(which.get(i)) < i) {
                planning.problem(
                        "which[" + i + "]",
                        "'" + which.get(i)
                                + "' is no name for a field, or named twice; leave which out for a map of all");
                right = false;
            }
        }
        if (!right) {
            return null;
        }
        List<Schema.Field> fields = which.stream()
                .map(name -> new Schema.Field(name, TypeText.parse("string?")))
                .toList();
        Schema type = Schema.createRecord("Query_" + String.join("_", which), null, "io.datamill.parse", false, fields);
        return new QueryText(which, type, config.maxParameters());
    }

    @Override
    public Conversion open() {
        return value -> {
            Map<String, String> all = parameters(query((String) value), maxParameters);
            if (all == null) {
                return Conversion.FAILED;
            }
            if (which == null) {
                return all;
            }
            GenericData.Record record = new GenericData.Record(type);
            for (int i = 0; i < which.size(); i++) {
                record.put(i, all.get(which.get(i)));
            }
            return record;
        };
    }

    /** What stands behind the question mark; the whole text where it is no URL. */
    private static String query(String text) {
        int fragment = text.indexOf('#');
        String before = fragment < 0 ? text : text.substring(0, fragment);
        int mark = before.indexOf('?');
        if (mark >= 0) {
            return before.substring(mark + 1);
        }
        return before.contains("://") || before.startsWith("/") ? "" : before;
    }

    /** Null where there are more than {@code most}. */
    static Map<String, String> parameters(String query, int most) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int count = 0;
        int at = 0;
        while (at < query.length()) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            if (end > at) {
                if (++count > most) {
                    return null;
                }
                int equals = query.indexOf('=', at);
                int name = equals < 0 || equals > end ? end : equals;
                parameters.putIfAbsent(
                        Percent.decoded(query.substring(at, name)),
                        Percent.decoded(query.substring(Math.min(name + 1, end), end)));
            }
            at = end + 1;
        }
        return parameters;
    }
}
