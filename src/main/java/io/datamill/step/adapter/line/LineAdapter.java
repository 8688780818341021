package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.TextInput;
import java.nio.CharBuffer;
import java.util.Collection;
import org.apache.avro.Schema;

/**
 * Gives an event for each line of a record that is not blank. A line ends with LF or CR LF; its part is the line, in the
 * record's charset.
 */
final class LineAdapter implements Adapter {
    private static final long serialVersionUID = 1L;

    private final LineReader reader;
    private final LineOptions options;
    private transient TextInput input;

    LineAdapter(LineReader reader, LineOptions options) {
        this.reader = reader;
        this.options = options;
    }

    @Override
    public Schema schema() {
        return reader.schema();
    }

    @Override
    public boolean peekable() {
        return false;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new LineAdapter(reader.projected(fields), options);
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public void open() {
        input = new TextInput(options.opened());
        reader.open();
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        CharBuffer text = input.read(record.data());
        char[] chars = text.array();
        int end = text.limit();
        int start = start(chars, 0, end);
        int last = lineEnd(chars, start, end);
        boolean only = start(chars, last, end) == end;
        while (start < end) {
            line(chars, start, last, only ? record.data() : null, out);
            start = start(chars, last, end);
            last = lineEnd(chars, start, end);
        }
    }

    /** @param part the record where the line is its only one; null: the line's bytes are made */
    private void line(char[] chars, int start, int end, byte[] part, Output out) {
        int length = end - start;
        if (length > options.longest()) {
            String line = new String(chars, start, length);
            out.reject(
                    LineReason.LINE_TOO_LONG.reject(
                            "line of " + length + " characters, expected at most " + options.longest()),
                    part == null ? input.bytes(line) : part);
            return;
        }
        String line = new String(chars, start, length);
        byte[] bytes = part == null ? input.bytes(line) : part;
        Object[] values;
        try {
            values = reader.read(line);
        } catch (RejectedEventException e) {
            out.reject(e, bytes);
            return;
        }
        out.event(values, null, bytes);
    }

    /** Where the next line that is not blank starts, or the end. */
    private int start(char[] chars, int from, int end) {
        int start = from;
        for (int i = from; i < end; i++) {
            if (chars[i] == '\n' && !options.single()) {
                start = i + 1;
            } else if (!Character.isWhitespace(chars[i])) {
                return start;
            }
        }
        return end;
    }

    /** Behind the last character of the line that starts there. */
    private int lineEnd(char[] chars, int start, int end) {
        int at = options.single() ? end : start;
        while (at < end && chars[at] != '\n') {
            at++;
        }
        if (options.single() && at > start && chars[at - 1] == '\n') {
            at--;
        }
        return at > start && chars[at - 1] == '\r' ? at - 1 : at;
    }
}
