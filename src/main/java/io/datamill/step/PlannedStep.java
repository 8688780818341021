package io.datamill.step;

import org.apache.avro.Schema;

/**
 * A step that has been checked against the schema before it.
 *
 * @param path where it stands in the pipeline's file, such as {@code steps[3].geoip}
 * @param output the schema after it: a record
 */
public record PlannedStep(String path, Stage stage, Schema output, Step step) {}
