package io.datamill.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The Parquet files below a directory of the lake: those that are committed, so none whose name starts with _ or a dot. */
public final class LakeFiles {
    /** Where Parquet's writers of Avro keep the schema. */
    private static final String AVRO_SCHEMA = "parquet.avro.schema";

    private final Path directory;

    /** @param directory of any file system that Flink knows */
    public LakeFiles(String directory) {
        this.directory = new Path(directory);
    }

    /** Rows in all files, from their footers; 0 where there is no such directory. */
    public long rows() throws IOException {
        long rows = 0;
        for (FileStatus file : files()) {
            try (ParquetFileReader reader = ParquetFileReader.open(new Input(file))) {
                rows += reader.getRecordCount();
            }
        }
        return rows;
    }

    /** Gives every row of every file, in no order. */
    public void forEach(Consumer<GenericRecord> row) throws IOException {
        for (FileStatus file : files()) {
            try (ParquetReader<GenericRecord> reader =
                    AvroParquetReader.<GenericRecord>builder(new Input(file)).build()) {
                for (GenericRecord next = reader.read(); next != null; next = reader.read()) {
                    row.accept(next);
                }
            }
        }
    }

    /** The schema of a file's rows, as Avro. */
    public static Schema schema(FileStatus file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new Input(file))) {
            String written = reader.getFileMetaData().getKeyValueMetaData().get(AVRO_SCHEMA);
            return written == null
                    ? new AvroSchemaConverter(new Configuration(false))
                            .convert(reader.getFileMetaData().getSchema())
                    : new Schema.Parser().parse(written);
        }
    }

    /**
     * Gives every row of a file.
     *
     * @param reader the schema to read with: the file's own or an evolution of it
     */
    public static void forEach(FileStatus file, Schema reader, Consumer<GenericRecord> row) throws IOException {
        Configuration configuration = new Configuration(false);
        AvroReadSupport.setAvroReadSchema(configuration, reader);
        try (ParquetReader<GenericRecord> rows = AvroParquetReader.<GenericRecord>builder(new Input(file))
                .withDataModel(GenericData.get())
                .withConf(configuration)
                .build()) {
            for (GenericRecord next = rows.read(); next != null; next = rows.read()) {
                row.accept(next);
            }
        }
    }

    /**
     * Gives the rows of a file that a filter lets through, and reads no more columns than are asked for.
     *
     * @param columns some of the file's own, in the same order
     * @param rows null: all; else what is known of whole row groups and pages to be let through by none is not read
     */
    public static void forEach(FileStatus file, Schema columns, FilterPredicate rows, Consumer<GenericRecord> row)
            throws IOException {
        Configuration configuration = new Configuration(false);
        AvroReadSupport.setRequestedProjection(configuration, columns);
        AvroReadSupport.setAvroReadSchema(configuration, columns);
        try (ParquetReader<GenericRecord> found = AvroParquetReader.<GenericRecord>builder(new Input(file))
                .withDataModel(GenericData.get())
                .withConf(configuration)
                .withFilter(rows == null ? FilterCompat.NOOP : FilterCompat.get(rows))
                .build()) {
            for (GenericRecord next = found.read(); next != null; next = found.read()) {
                row.accept(next);
            }
        }
    }

    /** Rows of which a time, in milliseconds since the epoch, is from {@code from} on and before {@code to}. */
    public static FilterPredicate between(String column, long from, long to) {
        return FilterApi.and(
                FilterApi.gtEq(FilterApi.longColumn(column), from), FilterApi.lt(FilterApi.longColumn(column), to));
    }

    /** The committed files, below partitions too. */
    public List<FileStatus> files() throws IOException {
        List<FileStatus> found = new ArrayList<>();
        collect(directory, found);
        return found;
    }

    private static void collect(Path path, List<FileStatus> found) throws IOException {
        FileStatus[] children;
        try {
            children = path.getFileSystem().listStatus(path);
        } catch (FileNotFoundException e) {
            return; // nothing has been written yet
        }
        for (FileStatus child : children == null ? new FileStatus[0] : children) {
            String name = child.getPath().getName();
            if (name.startsWith("_") || name.startsWith(".")) {
                continue;
            }
            if (child.isDir()) {
                collect(child.getPath(), found);
            } else if (name.endsWith(".parquet")) {
                found.add(child);
            }
        }
    }

    /** Lets Parquet read through Flink's file systems, so that {@code s3://} means here what it means to the job. */
    private record Input(FileStatus file) implements InputFile {
        @Override
        public long getLength() {
            return file.getLen();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            FSDataInputStream in = file.getPath().getFileSystem().open(file.getPath());
            return new DelegatingSeekableInputStream(in) {
                @Override
                public long getPos() throws IOException {
                    return in.getPos();
                }

                @Override
                public void seek(long position) throws IOException {
                    in.seek(position);
                }
            };
        }
    }
}
