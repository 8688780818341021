/** Parquet files on S3, or on any file system that Flink knows. */
package io.datamill.sink.lake;
