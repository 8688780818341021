package io.datamill.sink.lake;

import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Flink's file sink as the lake uses it: a file becomes visible with the checkpoint that its rows belong to. */
final class LakeSink {
    private LakeSink() {}

    /** @param id the operator's uid and name */
    static <T> void attach(
            DataStream<T> rows, String id, String directory, ParquetFormat<T> format, Partitions<T> partitions) {
        FileSink<T> sink = FileSink.forBulkFormat(new Path(directory), format.writers())
                .withBucketAssigner(partitions)
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(
                        OutputFileConfig.builder().withPartSuffix(".parquet").build())
                .build();
        rows.sinkTo(sink).name(id).uid(id);
    }
}
