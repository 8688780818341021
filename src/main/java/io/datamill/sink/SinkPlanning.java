package io.datamill.sink;

import io.datamill.config.PipelineVersion;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * What a sink is given while the pipeline is planned.
 *
 * @param path where it stands in the file, such as {@code sinks[0].postgres}
 * @param id its own name among the sinks, used for uids and metrics: the store's name, numbered where there are several
 * @param outcome the schema of the events it gets: a record
 * @param problems takes the path of the option below the sink and the message
 */
public record SinkPlanning(
        String path, String id, Schema outcome, PipelineVersion pipeline, BiConsumer<String, String> problems) {

    /** Reports a mistake; planning goes on, so that all are reported at once. */
    public void problem(String option, String message) {
        problems.accept(option, message);
    }
}
