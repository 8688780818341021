package io.datamill.step.adapter.line;

import io.datamill.config.Suggestion;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.TextValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** A pattern and what its groups are, planned; it travels, and {@link #open} compiles it. */
public final class LinePattern implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String regex;
    private final Fields fields;
    private final List<List<Capture>> captures;
    private final OnMismatch onMismatch;
    private final String nullMarker;

    private LinePattern(
            String regex, Fields fields, List<List<Capture>> captures, OnMismatch onMismatch, String nullMarker) {
        this.regex = regex;
        this.fields = fields;
        this.captures = captures;
        this.onMismatch = onMismatch;
        this.nullMarker = nullMarker;
    }

    /** What becomes of a text that the pattern does not fit. */
    public enum OnMismatch {
        REJECT,
        /** All fields are null. */
        NULLS
    }

    /** A regular expression and the groups in it that have names. */
    record Groups(String regex, Map<String, List<Capture>> captures) {}

    /**
     * @param nullMarker the text that stands for null; null for none
     * @param problems takes the path of the option and the message
     * @return null where a problem was reported
     */
    static LinePattern plan(
            Groups groups, Fields fields, OnMismatch onMismatch, String nullMarker, BiConsumer<String, String> problems) {
        List<List<Capture>> captures = new ArrayList<>();
        boolean right = true;
        for (Schema.Field field : fields.schema().getFields()) {
            List<Capture> found = groups.captures.get(field.name());
            String problem = problem(field, fields, onMismatch);
            if (found == null) {
                problem = "the pattern names no '" + field.name() + "'"
                        + Suggestion.among(field.name(), groups.captures.keySet());
            }
            if (problem != null) {
                problems.accept("fields." + field.name(), problem);
                right = false;
            }
            captures.add(found);
        }
        return right ? new LinePattern(groups.regex, fields, captures, onMismatch, nullMarker) : null;
    }

    private static String problem(Schema.Field field, Fields fields, OnMismatch onMismatch) {
        if (onMismatch == OnMismatch.NULLS && !field.schema().isNullable()) {
            return "may be null, since on-mismatch is nulls; put ? behind its type";
        }
        try {
            TextValue.of(field.name(), field.schema(), fields.formats().get(field.name()));
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    public Schema schema() {
        return fields.schema();
    }

    /** The same for some of the fields, in the order they have here. */
    LinePattern projected(Collection<String> names) {
        List<Schema.Field> kept = new ArrayList<>();
        List<List<Capture>> keptCaptures = new ArrayList<>();
        for (Schema.Field field : schema().getFields()) {
            if (names.contains(field.name())) {
                kept.add(new Schema.Field(field, field.schema()));
                keptCaptures.add(captures.get(field.pos()));
            }
        }
        Schema some = Schema.createRecord(schema().getName(), null, schema().getNamespace(), false, kept);
        return new LinePattern(regex, new Fields(some, fields.formats()), keptCaptures, onMismatch, nullMarker);
    }

    /** Compiles it: once per subtask. */
    public LineMatcher open() {
        LineMatcher.Field[] opened = new LineMatcher.Field[captures.size()];
        for (Schema.Field field : schema().getFields()) {
            String format = fields.formats().get(field.name());
            opened[field.pos()] = new LineMatcher.Field(
                    field.name(),
                    field.schema().isNullable(),
                    TextValue.of(field.name(), field.schema(), format),
                    captures.get(field.pos()).toArray(Capture[]::new));
        }
        return new LineMatcher(regex, opened, onMismatch == OnMismatch.NULLS, nullMarker);
    }
}
