package io.datamill.sink.lake;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * How rows of a type are written as Parquet with zstd. Many partitions are open at once, so row groups and pages are
 * small.
 *
 * @param schema of what {@code record} gives
 * @param record shows a row as an Avro record; asked once per row and file, and what it gives is not kept
 */
public record ParquetFormat<T>(Schema schema, RecordView<T> record) implements Serializable {
    /** Bytes in memory at which a row group is written: an upper bound for each open file. */
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private static final int PAGE_BYTES = 64 << 10;

    /** Shows a row as an Avro record. */
    public interface RecordView<T> extends Serializable {
        IndexedRecord of(T row);
    }

    /** @throws IllegalArgumentException for a type that Parquet has not: always null, or a record within itself */
    static void requireStorable(Schema type) {
        requireStorable(type, List.of());
    }

    /** @param around the names of the records that the type is part of */
    private static void requireStorable(Schema type, List<String> around) {
        switch (type.getType()) {
            case RECORD -> {
                if (around.contains(type.getFullName())) {
                    throw new IllegalArgumentException("a record within itself cannot be stored: " + type.getName());
                }
                List<String> within = new ArrayList<>(around);
                within.add(type.getFullName());
                type.getFields().forEach(field -> requireStorable(field.schema(), within));
            }
            case ARRAY -> requireStorable(type.getElementType(), around);
            case MAP -> requireStorable(type.getValueType(), around);
            case UNION ->
                type.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .forEach(branch -> requireStorable(branch, around));
            case NULL -> throw new IllegalArgumentException("type null cannot be stored");
            default -> {}
        }
    }

    /** For Flink's file sink. */
    public ParquetWriterFactory<T> writers() {
        ParquetBuilder<T> builder = this::writer;
        return new ParquetWriterFactory<>(builder);
    }

    /** One file. */
    public ParquetWriter<T> writer(OutputFile file) throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
        return new Builder<>(file, this)
                .withConf(configuration)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(PAGE_BYTES)
                .build();
    }

    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
        private final ParquetFormat<T> format;

        Builder(OutputFile file, ParquetFormat<T> format) {
            super(file);
            this.format = format;
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        protected WriteSupport<T> getWriteSupport(Configuration configuration) {
            AvroSchemaConverter converter = new AvroSchemaConverter(configuration);
            return new Rows<>(
                    new AvroWriteSupport<>(converter.convert(format.schema), format.schema, new GenericData()),
                    format.record);
        }
    }

    /** Hands rows on as the records that Parquet's support of Avro writes. */
    private static final class Rows<T> extends WriteSupport<T> {
        private final AvroWriteSupport<Object> avro;
        private final RecordView<T> record;

        Rows(AvroWriteSupport<Object> avro, RecordView<T> record) {
            this.avro = avro;
            this.record = record;
        }

        @Override
        public String getName() {
            return avro.getName();
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return avro.init(configuration);
        }

        @Override
        public void prepareForWrite(org.apache.parquet.io.api.RecordConsumer consumer) {
            avro.prepareForWrite(consumer);
        }

        @Override
        public void write(T row) {
            avro.write(record.of(row));
        }
    }
}
