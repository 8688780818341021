package io.datamill.cli.replay;

import io.datamill.event.SourceRecord;
import io.datamill.sink.lake.RawFiles;
import io.datamill.source.LakeFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.apache.flink.core.fs.FileStatus;

/** The records that a pipeline keeps as they were read. */
record RawLake(RawFiles files) {

    /**
     * Gives the records of a stream that arrived in a time, in no order; one that two pipelines have kept is given twice.
     *
     * @param from of the first
     * @param to of the first that is too late
     */
    void forEach(String stream, Instant from, Instant to, Consumer<SourceRecord> record) throws IOException {
        LocalDate last = LocalDate.ofInstant(to.minusMillis(1), ZoneOffset.UTC);
        for (LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC); !day.isAfter(last); day = day.plusDays(1)) {
            for (FileStatus file : new LakeFiles(files.directory(stream, day).toString()).files()) {
                LakeFiles.forEach(
                        file,
                        RawFiles.SCHEMA,
                        LakeFiles.between("arrival_time", from.toEpochMilli(), to.toEpochMilli()),
                        row -> record.accept(RawFiles.record(row)));
            }
        }
    }
}
