package io.datamill.cli.training;

import io.datamill.source.LakeFiles;
import io.datamill.source.UnreadableFileException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Parquet files, those of the lake included, whose schemas may differ by fields. */
record ParquetTable(List<DataFile> files, Schema schema) implements Table {

    static ParquetTable of(List<DataFile> files) throws IOException {
        Map<DataFile, Schema> schemas = new LinkedHashMap<>();
        for (DataFile file : files) {
            try {
                schemas.put(file, LakeFiles.schema(file.status()));
            } catch (RuntimeException | IOException e) { // Parquet throws what it likes for a broken file.
                throw new UnreadableFileException(file + " is no Parquet that can be read: " + e.getMessage(), e);
            }
        }
        return new ParquetTable(List.copyOf(files), Schemas.merged(schemas));
    }

    @Override
    public void forEach(Taker taker) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            int file = i;
            LakeFiles.forEach(files.get(i).status(), schema, row -> taker.take(file, Schemas.values(row)));
        }
    }
}
