package io.datamill.step.adapter.table;

import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.TextInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** A table as text: each row is an event; a record holds one or more, below a header where the format has one. */
final class Table implements Adapter {
    private static final long serialVersionUID = 1L;

    private final TableFormat format;
    private final Schema schema;
    private transient TextInput input;
    private transient RowReader rows;
    private transient Columns columns;

    private Table(TableFormat format, Schema schema) {
        this.format = format;
        this.schema = schema;
    }

    /** The adapter, or null with every problem reported. */
    static Adapter plan(TableFormat format, BiConsumer<String, String> problems) {
        List<String> found = new ArrayList<>();
        BiConsumer<String, String> counting = (option, message) -> {
            found.add(option);
            problems.accept(option, message);
        };
        Schema schema = format.columns().schema();
        Columns.check(format, counting);
        new Columns(format, schema, counting);
        return found.isEmpty() ? new Table(format, schema) : null;
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
        return new Table(format, ReaderSchemas.project(schema, fields));
    }

    /** Only the usual quote is known where files are taken apart; with another a file is one record. */
    @Override
    public Framing framing() {
        if (!format.isQuoting()) {
            return format.header() ? Framing.HEADED_LINES : Framing.LINES;
        }
        if (format.quote() != '"') {
            return Framing.WHOLE;
        }
        return format.header() ? Framing.HEADED_ROWS : Framing.ROWS;
    }

    @Override
    public void open() {
        input = new TextInput(TextInput.charset(format.charset()));
        rows = new RowReader(format);
        columns = new Columns(format, schema, (option, message) -> {
            throw new IllegalStateException(option + ": " + message);
        });
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        List<Row> found = rows.rows(input.read(record.data()));
        int first = format.header() ? 1 : 0;
        if (found.isEmpty()) {
            throw TableReason.MALFORMED_TABLE.reject(
                    "no row in the record, expected " + (format.header() ? "a header" : "one or more"));
        }
        if (format.header()) {
            columns.header(found.get(0));
        }
        boolean alone = found.size() == first + 1;
        for (int i = first; i < found.size(); i++) {
            Row row = found.get(i);
            byte[] part = alone ? record.data() : alone(first == 0 ? null : found.get(0), row);
            try {
                out.event(columns.values(row), null, part);
            } catch (RejectedEventException e) {
                out.reject(e, part);
            }
        }
    }

    /** A record of one row. */
    private byte[] alone(Row header, Row row) {
        StringBuilder text = new StringBuilder();
        if (header != null) {
            header.write(text, format);
        }
        row.write(text, format);
        return input.bytes(text);
    }
}
