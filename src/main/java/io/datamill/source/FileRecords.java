package io.datamill.source;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ContainerEncoder;
import io.datamill.schema.DatumEncoder;
import io.datamill.schema.RecordEncoder;
import io.datamill.schema.SchemaIds;
import io.datamill.step.adapter.Adapter.Framing;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * The records of one file, which may be compressed with gzip. Each arrived when the file was last changed.
 *
 * @param file read again at each reading
 * @param framing how the records stand in it
 */
public record FileRecords(String file, Framing framing) implements Records {
    /** A longer record is cut here, and then refused as too large. */
    private static final int LONGEST = 64 << 20;

    private static final int GZIP = 0x1f8b;

    @Override
    public void forEach(Consumer<SourceRecord> record) throws IOException {
        Path path = Path.of(file);
        Numbering numbering = new Numbering(
                String.valueOf(path.getFileName()),
                Files.getLastModifiedTime(path).toMillis(),
                record);
        try (InputStream in = plain(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            switch (framing) {
                case LINES -> new Lines(in, LONGEST, false).forEach(numbering::take);
                case ROWS -> new Lines(in, LONGEST, true).forEach(numbering::take);
                case HEADED_LINES -> new Lines(in, LONGEST, false).forEachWithHeader(numbering::take);
                case HEADED_ROWS -> new Lines(in, LONGEST, true).forEachWithHeader(numbering::take);
                case WHOLE -> numbering.take(in.readNBytes(LONGEST));
                case AVRO_CONTAINER ->
                    container(in, numbering, schema -> new RecordEncoder(SchemaIds.of(schema), schema, false)::encode);
                case AVRO_CONTAINERS -> container(in, numbering, schema -> new ContainerEncoder(schema)::encode);
                case AVRO_DATUMS -> container(in, numbering, schema -> new DatumEncoder(schema)::encode);
            }
        } catch (EOFException | ZipException e) {
            throw new UnreadableFileException(file + " begins as gzip and is broken: " + e.getMessage(), e);
        }
    }

    private static InputStream plain(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in;
    }

    private void container(
            InputStream in, Numbering numbering, Function<Schema, Function<GenericRecord, byte[]>> framing)
            throws IOException {
        try (DataFileStream<GenericRecord> datums = new DataFileStream<>(in, new GenericDatumReader<>())) {
            Function<GenericRecord, byte[]> encoder = framing.apply(datums.getSchema());
            while (datums.hasNext()) {
                numbering.take(encoder.apply(datums.next()));
            }
        } catch (AvroRuntimeException | IOException e) {
            throw new UnreadableFileException(
                    file + " is no Avro object container that can be read: " + e.getMessage(), e);
        }
    }

    /** Gives each record its position. */
    private static final class Numbering {
        private final String name;
        private final long arrivalTime;
        private final Consumer<SourceRecord> out;
        private long next;

        Numbering(String name, long arrivalTime, Consumer<SourceRecord> out) {
            this.name = name;
            this.arrivalTime = arrivalTime;
            this.out = out;
        }

        void take(byte[] data) {
            out.accept(new SourceRecord(new Position(name, "file", Long.toString(next++), arrivalTime), "", data));
        }
    }
}
