package io.datamill.sink.postgres;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.IsoTime;
import io.datamill.sink.render.JsonBytes;
import io.datamill.sink.render.JsonValue;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Renders the row as Avro binary: a number for its layout, the lineage as JSON, then each column as a union of null and
 * its type. Refuses what
 * Postgres can hold in no column.
 */
final class RowRenderer implements Renderer {
    private static final long serialVersionUID = 1L;

    private static final byte[] ESCAPED_NUL = "\\u0000".getBytes(StandardCharsets.US_ASCII);

    private final List<Column> columns;
    private final RowKey key;
    private final Lineage lineage;
    private transient int layout;
    private transient JsonBytes json;
    private transient IsoTime time;
    private transient JsonValue[] jsonValues;
    private transient ByteArrayOutputStream buffer;
    private transient BinaryEncoder encoder;

    RowRenderer(List<Column> columns, RowKey key, Lineage lineage) {
        this.columns = List.copyOf(columns);
        this.key = key;
        this.lineage = lineage;
    }

    @Override
    public void open() {
        layout = Column.layout(columns);
        json = new JsonBytes();
        time = new IsoTime();
        buffer = new ByteArrayOutputStream(1024);
        jsonValues = columns.stream()
                .map(c -> c.kind() == Column.Kind.JSON ? JsonValue.of(c.from().schema()) : null)
                .toArray(JsonValue[]::new);
    }

    @Override
    public StoreRow render(Event event) throws RejectedEventException {
        Header header = event.header();
        text("tenant", header.tenant());
        String id = text("event_id", key.of(event));
        try {
            buffer.reset();
            encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
            encoder.writeInt(layout);
            encoder.writeBytes(json.render(generator -> lineage.write(header, time, generator)));
            for (int i = 0; i < jsonValues.length; i++) {
                write(i, columns.get(i).from().in(event.values()));
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new StoreRow(
                new StoreRow.Key(header.tenant(), id),
                lineage.version(header),
                header.time(),
                header.source().position(),
                buffer.toByteArray());
    }

    private void write(int column, Object value) throws IOException, RejectedEventException {
        if (value == null) {
            encoder.writeIndex(0);
            encoder.writeNull();
            return;
        }
        encoder.writeIndex(1);
        String name = columns.get(column).name();
        switch (columns.get(column).kind()) {
            case TEXT -> encoder.writeString(text(name, value.toString()));
            case INTEGER, DATE -> encoder.writeInt((int) value);
            case BIGINT, TIME -> encoder.writeLong((long) value);
            case NUMERIC -> encoder.writeString(decimal(column, (ByteBuffer) value));
            case DOUBLE -> encoder.writeDouble(((Number) value).doubleValue());
            case BOOLEAN -> encoder.writeBoolean((boolean) value);
            case BYTES -> encoder.writeBytes(((ByteBuffer) value).duplicate());
            case JSON -> encoder.writeBytes(json(column, value));
        }
    }

    private String decimal(int column, ByteBuffer value) {
        LogicalTypes.Decimal type =
                (LogicalTypes.Decimal) columns.get(column).from().schema().getLogicalType();
        return JsonValue.decimal(value, type.getScale()).toPlainString();
    }

    private byte[] json(int column, Object value) throws RejectedEventException {
        byte[] text = json.render(generator -> jsonValues[column].write(value, generator));
        for (int i = 0; i + ESCAPED_NUL.length <= text.length; i++) {
            if (text[i] == '\\') {
                if (Arrays.equals(text, i, i + ESCAPED_NUL.length, ESCAPED_NUL, 0, ESCAPED_NUL.length)) {
                    throw nul(columns.get(column).name());
                }
                i++; // The escaped character, which may be a backslash itself.
            }
        }
        return text;
    }

    static String text(String name, String value) throws RejectedEventException {
        if (value.indexOf('\0') >= 0) {
            throw nul(name);
        }
        return value;
    }

    private static RejectedEventException nul(String name) {
        return new RejectedEventException(
                "NUL_CHARACTER", name + " holds the character U+0000, which Postgres does not take in any text");
    }
}
