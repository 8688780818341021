package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.Fields;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.TextInput;
import io.datamill.step.adapter.json.Parts.Part;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * JSON by RFC 8259: an object is an event; a record may hold one, several with white space between, an array of them, or
 * an envelope around such an array. A byte order mark in front is ignored, as section 8.1 lets a reader do.
 */
public final class Json implements Adapter {
    private static final long serialVersionUID = 1L;

    /** The field that {@code unknown: keep} adds. */
    static final String KEPT = "unknown";

    @VerbDoc(
            purpose = "Reads JSON events: a record is one object, several with white space between them, an array of"
                    + " objects, or an envelope with such an array. Gzip and zlib are recognised.",
            signature = "object → the fields; nothing is coerced: a long is a whole number, never \"5\" or 5.0",
            errors = "The record: MALFORMED_TEXT, BROKEN_COMPRESSION, INFLATED_TOO_LARGE (16 MiB), MALFORMED_JSON,"
                    + " JSON_BEYOND_LIMITS (200 levels, strings of 1048576 characters, names of 4096, numbers of 1000,"
                    + " 100000 events). One event alone: NOT_AN_OBJECT, MISSING_FIELD, WRONG_TYPE, OUT_OF_RANGE,"
                    + " UNKNOWN_FIELD, UNKNOWN_FORM, DUPLICATE_NAME (a name that is taken and stands twice),"
                    + " MALFORMED_TEXT (half a surrogate pair in a string). A nullable field that is missing is null.",
            example = """
                    adapter:
                      json:
                        fields: { at: timestamp, user_agent: string?, size: long }
                        names: { user_agent: user-agent, size: length.new }
                    input: '{"at":"2026-01-31T12:00:00Z","user-agent":"curl","length":{"old":1,"new":2},"x":[]}'
                    output: { at: 2026-01-31T12:00:00Z, user_agent: curl, size: 2 }
                    """)
    public record Config(
            @OptionDoc("The event's fields and their types. A timestamp is text of ISO-8601 with an offset, or a number of"
                            + " milliseconds; with [epoch-seconds] a number of seconds, with a pattern such as"
                            + " [dd/MMM/yyyy:HH:mm:ss Z] text of it, |Europe/Vienna behind it if it has no offset. A"
                            + " decimal is a number, read exactly; bytes are base64; a date is text such as 2026-01-31.")
                    Fields fields,
            @OptionDoc(
                            value = "Members that no field takes: ignore, refuse (UNKNOWN_FIELD), or keep, which adds a field"
                                    + " unknown: map<string> with the object's other members as JSON text. Of nested"
                                    + " objects none are kept.",
                            otherwise = "ignore")
                    Unknown unknown,
            @OptionDoc(
                            value = "Where a field's value is, if not under the field's name: the member's name, or names with"
                                    + " dots between them for a member of a member; a dot within a name is \\.; the empty"
                                    + " text is no member. A field of a nested record is written with dots, those of an"
                                    + " array's records with [], and its member is one of that record's.",
                            otherwise = "{}")
                    Map<String, String> names,
            @OptionDoc(
                            value = "The path of the array of events in its envelope, whose other members are ignored.",
                            otherwise = "the events have no envelope")
                    String arrayAt,
            @OptionDoc(value = "The charset of the text.", otherwise = "utf-8") String charset,
            @OptionDoc(
                            value = "How records stand in a file: lines (one on each) or whole (the file is one).",
                            otherwise = "lines; with array-at whole")
                    Files framing,
            @OptionDoc(
                            value = "Several forms of one event by name, told apart for each object: the first whose when"
                                    + " members are all there, null or not, is taken (when is a list). Its names,"
                                    + " formats and values (constants) go before those of all forms.",
                            otherwise = "{}")
                    Map<String, Form> forms,
            @OptionDoc(value = "A field to add, of type string, with the form's name.", otherwise = "no such field")
                    String formAs)
            implements AdapterConfig, Serializable {

        public Config {
            if (fields == null) {
                throw new IllegalArgumentException("fields is missing; give the event's fields, such as { id: string }");
            }
            unknown = unknown == null ? Unknown.IGNORE : unknown;
            names = ordered(names);
            forms = ordered(forms);
            TextInput.charset(charset);
            if (arrayAt != null) {
                requirePath(arrayAt);
            }
            if (framing == null) {
                framing = arrayAt == null ? Files.LINES : Files.WHOLE;
            }
            if (formAs != null && forms.isEmpty()) {
                throw new IllegalArgumentException("form-as needs forms, whose name it gives");
            }
        }

        private static void requirePath(String arrayAt) {
            try {
                Members.path(arrayAt);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("array-at: " + e.getMessage(), e);
            }
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            return new Planner(this, problems).plan();
        }
    }

    /** What is done about members that no field takes. */
    public enum Unknown {
        KEEP,
        IGNORE,
        REFUSE
    }

    /** How records stand in a file. */
    public enum Files {
        LINES,
        WHOLE
    }

    /** One form of the event. */
    public record Form(
            @OptionDoc("The members that an object of this form has.") List<String> when,
            @OptionDoc(value = "As the adapter's.", otherwise = "{}") Map<String, String> names,
            @OptionDoc(value = "Constants by field.", otherwise = "{}") Map<String, Object> values,
            @OptionDoc(value = "Formats of timestamps and dates by field.", otherwise = "{}")
                    Map<String, String> formats)
            implements Serializable {
        public Form {
            if (when == null || when.isEmpty()) {
                throw new IllegalArgumentException("when is missing; give the members that tell the form, such as [id]");
            }
            when = List.copyOf(when);
            names = ordered(names);
            values = ordered(values);
            formats = ordered(formats);
        }
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private final Config config;
    private final Schema schema;
    private final boolean whole;
    private transient TextInput input;
    private transient JsonText text;
    private transient ObjectReader[] readers;
    private transient Forms forms;
    private transient Parts parts;

    /** @param whole whether the schema is not projected */
    Json(Config config, Schema schema, boolean whole) {
        this.config = config;
        this.schema = schema;
        this.whole = whole;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean peekable() {
        return false;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new Json(config, ReaderSchemas.project(schema, fields), false);
    }

    @Override
    public Framing framing() {
        return config.framing == Files.WHOLE ? Framing.WHOLE : Framing.LINES;
    }

    @Override
    public void open() {
        input = new TextInput(TextInput.charset(config.charset));
        text = new JsonText();
        readers = Planner.readers(config, schema, whole, text, (option, message) -> {
            throw new IllegalStateException(option + ": " + message);
        });
        forms = config.forms.isEmpty() ? null : new Forms(config.forms);
        parts = new Parts(text, config.arrayAt == null ? List.of() : Members.path(config.arrayAt), this::event);
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        List<Part> found;
        try (JsonParser parser = text.parser(input.read(record.data()))) {
            found = parts.read(parser);
        } catch (JsonProcessingException e) {
            throw JsonText.reject(e);
        } catch (IOException e) {
            throw new UncheckedIOException("characters in memory", e);
        }
        boolean alone = found.size() == 1;
        for (int i = 0; i < found.size(); i++) {
            Part part = found.get(i);
            byte[] data = alone ? record.data() : alone(part);
            if (part.problem() == null) {
                out.event(part.values(), null, data);
            } else {
                out.reject(part.problem(), data);
            }
        }
    }

    private Object[] event(JsonParser parser, int start) throws IOException, RejectedEventException {
        ObjectReader reader = readers[forms == null ? 0 : form(start)];
        Object[] values = new Object[reader.size()];
        reader.read(parser, values);
        return values;
    }

    private int form(int start) throws IOException, RejectedEventException {
        try (JsonParser parser = text.parserFrom(start)) {
            return forms.find(parser);
        }
    }

    /** A record of this part: in an envelope of its own where there is one. */
    private byte[] alone(Part part) {
        CharSequence slice = text.slice(part.start(), part.end());
        return input.bytes(config.arrayAt == null ? slice : Envelope.around(slice, Members.path(config.arrayAt)));
    }
}
