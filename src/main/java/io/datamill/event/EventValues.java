package io.datamill.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The values of an event as Avro binary. Not safe for use by several threads. */
public final class EventValues {
    private final Schema schema;
    private final GenericDatumWriter<IndexedRecord> writer;
    private final GenericDatumReader<IndexedRecord> reader;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private BinaryEncoder encoder;
    private BinaryDecoder decoder;

    public EventValues(Schema schema) {
        this(schema, schema);
    }

    /** Reads what was written with another schema as this one, as Avro resolves them; writes this one. */
    public EventValues(Schema written, Schema schema) {
        this.schema = schema;
        this.writer = new NullableWriter(schema);
        this.reader = new JavaStringReader(written, schema);
    }

    /** With their length before them. */
    void write(Object[] values, DataOutputView out) throws IOException {
        byte[] bytes = write(values);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    Object[] read(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return read(bytes);
    }

    /** The bytes alone. */
    public byte[] write(Object[] values) throws IOException {
        buffer.reset();
        encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
        writer.write(new View(schema, values), encoder);
        encoder.flush();
        return buffer.toByteArray();
    }

    /** The values that {@link #write(Object[])} gave these bytes for. */
    public Object[] read(byte[] bytes) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        IndexedRecord read = reader.read(null, decoder);
        Object[] values = new Object[schema.getFields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read.get(i);
        }
        return values;
    }

    /** The values as Avro's writer wants them. */
    @SuppressWarnings("ArrayRecordComponent") // A view that lives for one call.
    private record View(Schema schema, Object[] values) implements IndexedRecord {
        @Override
        public Object get(int position) {
            return values[position];
        }

        @Override
        public void put(int position, Object value) {
            throw new UnsupportedOperationException("an event does not change");
        }

        @Override
        public Schema getSchema() {
            return schema;
        }
    }

    /** Knows the branch of a nullable field without a look-up by the name of the value's type. */
    private static final class NullableWriter extends GenericDatumWriter<IndexedRecord> {
        NullableWriter(Schema schema) {
            super(schema, new GenericData());
        }

        @Override
        protected int resolveUnion(Schema union, Object value) {
            List<Schema> branches = union.getTypes();
            if (branches.size() != 2) {
                return super.resolveUnion(union, value);
            }
            boolean nullFirst = branches.get(0).getType() == Schema.Type.NULL;
            if (!nullFirst && branches.get(1).getType() != Schema.Type.NULL) {
                return super.resolveUnion(union, value);
            }
            return nullFirst == (value == null) ? 0 : 1;
        }
    }

    /** Reads strings as {@link String}, whatever the schema says about it. */
    private static final class JavaStringReader extends GenericDatumReader<IndexedRecord> {
        JavaStringReader(Schema written, Schema schema) {
            super(written, schema, new GenericData());
        }

        @Override
        protected Class<?> findStringClass(Schema ignored) {
            return String.class;
        }
    }
}
