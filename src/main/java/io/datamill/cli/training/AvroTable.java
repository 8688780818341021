package io.datamill.cli.training;

import io.datamill.source.UnreadableFileException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Avro object containers, whose schemas may differ by fields. */
record AvroTable(List<DataFile> files, Schema schema) implements Table {

    static AvroTable of(List<DataFile> files) throws IOException {
        Map<DataFile, Schema> schemas = new LinkedHashMap<>();
        for (DataFile file : files) {
            try (DataFileStream<Object> in = new DataFileStream<>(file.open(), new GenericDatumReader<>())) {
                schemas.put(file, in.getSchema());
            } catch (AvroRuntimeException | IOException e) {
                throw unreadable(file, e);
            }
        }
        return new AvroTable(List.copyOf(files), Schemas.merged(schemas));
    }

    @Override
    public void forEach(Taker taker) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            GenericDatumReader<GenericRecord> datums = new GenericDatumReader<>();
            try (DataFileStream<GenericRecord> in =
                    new DataFileStream<>(files.get(i).open(), datums)) {
                datums.setExpected(Schemas.named(schema, in.getSchema()));
                while (in.hasNext()) {
                    taker.take(i, Schemas.values(in.next()));
                }
            } catch (AvroRuntimeException | IOException e) {
                throw unreadable(files.get(i), e);
            }
        }
    }

    private static UnreadableFileException unreadable(DataFile file, Exception cause) {
        return new UnreadableFileException(
                file + " is no Avro object container that can be read: " + cause.getMessage(), cause);
    }
}
