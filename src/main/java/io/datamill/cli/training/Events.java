package io.datamill.cli.training;

import io.datamill.step.score.training.Lineage;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** The events to learn from, or to judge a model by. */
interface Events {

    /** What features, label and group are fields of. */
    Schema schema();

    /** Gives every event once. */
    Tally forEach(Consumer<Seen> event) throws Exception;

    /**
     * What was read.
     *
     * @param files with how many rows or records each had
     * @param lost how many events did not come through the pipeline, by what became of them
     */
    record Tally(List<Lineage.Input> files, Map<String, Long> lost) {}
}
