package io.datamill.cli.training;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Rows of one schema out of files: the same and in the same order at each reading. */
interface Table {

    /** A record, whose strings are read as {@link String}. */
    Schema schema();

    /** Gives every row: values by position of {@link #schema}, which the taker may keep. */
    void forEach(Taker taker) throws IOException;

    /** Takes rows. */
    @FunctionalInterface
    interface Taker {
        /** @param file it stands in, by its place among the files */
        void take(int file, Object[] values);
    }

    /**
     * The rows of files of one kind.
     *
     * @param texts columns of CSV that are not to be taken for numbers, such as ids
     * @throws IllegalArgumentException if they are not of one kind, or have fields of one name and different types
     */
    static Table of(List<DataFile> files, Set<String> texts) throws IOException {
        DataFile.Kind kind = files.get(0).kind();
        for (DataFile file : files) {
            if (file.kind() != kind) {
                throw new IllegalArgumentException(
                        file + " is " + file.kind() + ", but " + files.get(0) + " is " + kind + ": give one kind only");
            }
        }
        return switch (kind) {
            case CSV -> CsvTable.of(files, texts);
            case AVRO -> AvroTable.of(files);
            case PARQUET -> ParquetTable.of(files);
        };
    }
}
