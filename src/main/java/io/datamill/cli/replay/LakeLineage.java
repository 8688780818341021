package io.datamill.cli.replay;

import io.datamill.sink.LineageReader;
import io.datamill.source.LakeFiles;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.fs.FileStatus;

/** The lineage of a lake's rows, without their other columns; a file that has none is not of the lake. */
record LakeLineage() implements LineageReader {
    private static final String LINEAGE = "lineage";
    private static final List<String> COLUMNS = List.of("tenant", "event_id", "version");

    @Override
    public void forEach(String directory, Consumer<IndexedRecord> lineage) throws IOException {
        for (FileStatus file : new LakeFiles(directory).files()) {
            Schema columns = columns(LakeFiles.schema(file));
            if (columns != null) {
                LakeFiles.forEach(file, columns, null, row -> lineage.accept((IndexedRecord) row.get(LINEAGE)));
            }
        }
    }

    private static Schema columns(Schema file) {
        Schema.Field lineage = file.getField(LINEAGE);
        if (lineage == null
                || lineage.schema().getType() != Schema.Type.RECORD
                || COLUMNS.stream().anyMatch(name -> lineage.schema().getField(name) == null)) {
            return null;
        }
        Schema all = lineage.schema();
        List<Schema.Field> some = COLUMNS.stream()
                .map(all::getField)
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema within = Schema.createRecord(all.getName(), null, all.getNamespace(), false, some);
        return Schema.createRecord(
                file.getName(), null, file.getNamespace(), false, List.of(new Schema.Field(LINEAGE, within)));
    }
}
