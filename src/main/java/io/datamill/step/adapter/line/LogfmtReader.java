package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import io.datamill.schema.Fields;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.TextValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads lines of logfmt. */
final class LogfmtReader implements LineReader {
    private static final long serialVersionUID = 1L;

    private final Fields fields;
    private final Map<String, String> names;
    private final Logfmt.Unknown unknown;
    private transient Pairs pairs;
    private transient Map<String, Field> byKey;
    private transient Field[] byPosition;
    private transient int keptAt;
    private transient long line;

    /** A field, and the last line that had it. */
    private static final class Field {
        private final Schema.Field field;
        private final TextValue value;
        private final boolean isString;
        private final boolean isBoolean;
        private long seen;

        Field(Schema.Field field, String format) {
            this.field = field;
            this.value = TextValue.of(field.name(), field.schema(), format);
            this.isString = FieldTypes.isString(field.schema());
            this.isBoolean = FieldTypes.withoutNull(field.schema()).getType() == Schema.Type.BOOLEAN;
        }

        /** @param text null for a key alone */
        Object read(String text) throws RejectedEventException {
            if (text == null) {
                return isBoolean ? Boolean.TRUE : null;
            }
            return text.isEmpty() && !isString ? null : value.read(text);
        }
    }

    LogfmtReader(Fields fields, Map<String, String> names, Logfmt.Unknown unknown) {
        this.fields = fields;
        this.names = names;
        this.unknown = unknown;
    }

    @Override
    public Schema schema() {
        return fields.schema();
    }

    /** Refuses nothing for keys it does not know: those of the fields left out are among them. */
    @Override
    public LineReader projected(Collection<String> some) {
        boolean keeps = unknown == Logfmt.Unknown.KEEP && some.contains(Logfmt.KEPT);
        return keeps
                ? this
                : new LogfmtReader(
                        new Fields(ReaderSchemas.project(schema(), some), fields.formats()),
                        names,
                        Logfmt.Unknown.IGNORE);
    }

    @Override
    public void open() {
        pairs = new Pairs();
        byKey = new HashMap<>();
        byPosition = new Field[schema().getFields().size()];
        keptAt = unknown == Logfmt.Unknown.KEEP ? byPosition.length - 1 : -1;
        for (Schema.Field field : schema().getFields()) {
            if (field.pos() != keptAt) {
                Field opened = new Field(field, fields.formats().get(field.name()));
                byPosition[field.pos()] = opened;
                byKey.put(names.getOrDefault(field.name(), field.name()), opened);
            }
        }
    }

    @Override
    public Object[] read(String text) throws RejectedEventException {
        Object[] values = new Object[byPosition.length];
        Map<String, Object> kept = keptAt < 0 ? null : new HashMap<>();
        line++;
        pairs.set(text);
        while (pairs.next()) {
            Field field = byKey.get(pairs.key());
            if (field == null) {
                unknown(kept);
            } else if (field.seen == line) {
                throw duplicate();
            } else {
                field.seen = line;
                values[field.field.pos()] = field.read(pairs.value());
            }
        }
        if (kept != null) {
            values[keptAt] = kept;
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !byPosition[i].field.schema().isNullable()) {
                throw missing(byPosition[i], text);
            }
        }
        return values;
    }

    private void unknown(Map<String, Object> kept) throws RejectedEventException {
        if (unknown == Logfmt.Unknown.REFUSE) {
            throw TextReason.UNKNOWN_FIELD.reject("no field takes the key " + TextReason.quoted(pairs.key()));
        }
        if (kept != null && kept.put(pairs.key(), pairs.value() == null ? "" : pairs.value()) != null) {
            throw duplicate();
        }
    }

    private RejectedEventException duplicate() {
        return TextReason.DUPLICATE_NAME.reject("the key " + TextReason.quoted(pairs.key()) + " is there twice");
    }

    private RejectedEventException missing(Field field, String text) {
        return TextReason.MISSING_FIELD.reject(field.field.name()
                + (field.seen == line ? " has no value" : " is missing") + ", in line " + TextReason.quoted(text));
    }
}
