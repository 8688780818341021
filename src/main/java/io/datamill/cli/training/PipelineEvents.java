package io.datamill.cli.training;

import io.datamill.cli.local.InputFiles;
import io.datamill.cli.local.LocalOutput;
import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import io.datamill.source.FileRecords;
import io.datamill.source.Records;
import io.datamill.step.adapter.Peek;
import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Events as a pipeline gives them to its score step. Its steps see them in the order of their times, whatever order the
 * files have: what a profile knows of an event's sender is what it knew when the event came.
 */
final class PipelineEvents implements Events {
    private final Plan plan;
    private final List<FileRecords> files;

    /**
     * @param plan of the steps before the score
     * @param paths files of records, as the pipeline's source would give them, or directories of them
     */
    PipelineEvents(Plan plan, List<String> paths) throws IOException {
        long merged = plan.inputs().stream().filter(input -> !input.joined()).count();
        if (merged != 1) {
            throw new IllegalArgumentException(
                    "the pipeline merges " + merged + " inputs: train on what it has landed, without --pipeline");
        }
        this.plan = plan;
        this.files = InputFiles.of(plan, paths).values().stream()
                .flatMap(List::stream)
                .map(FileRecords.class::cast)
                .toList();
    }

    @Override
    public Schema schema() {
        return plan.outcome();
    }

    @Override
    public Tally forEach(Consumer<Seen> event) throws Exception {
        try (Spool spool = new Spool();
                LocalRun flink = LocalRun.start()) {
            List<Lineage.Input> inputs = fill(spool);
            Map<String, List<Records>> records = Map.of(plan.input().name(), List.of(spool.ordered()));
            LocalSummary summary = flink.run(plan, records, new Outcomes(event));
            Map<String, Long> lost = new TreeMap<>();
            for (Fate fate : EnumSet.complementOf(EnumSet.of(Fate.IN, Fate.OUT))) {
                if (summary.count(fate) > 0) {
                    lost.put(fate.name().toLowerCase(Locale.ROOT), summary.count(fate));
                }
            }
            return new Tally(inputs, lost);
        }
    }

    private List<Lineage.Input> fill(Spool spool) throws Exception {
        List<Lineage.Input> inputs = new ArrayList<>();
        Peek peek = plan.peek(plan.input());
        peek.open();
        try {
            for (FileRecords file : files) {
                long[] count = new long[1];
                file.forEach(record -> {
                    KeyedRecord keyed = peek.peek(record);
                    spool.add(keyed.time(), record);
                    count[0]++;
                });
                Path path = Path.of(file.file());
                inputs.add(new Lineage.Input(String.valueOf(path.getFileName()), sha256(path), count[0]));
            }
        } finally {
            peek.close();
        }
        inputs.sort(Lineage.Input.ORDER);
        return inputs;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        }
    }

    /** The trunk's outcomes only. */
    private record Outcomes(Consumer<Seen> taker) implements LocalOutput {
        @Override
        public void outcome(String branch, Event event) {
            if (branch.isEmpty()) {
                taker.accept(new Seen(
                        event.header().tenant(),
                        event.header().id(),
                        event.header().time(),
                        event.values()));
            }
        }

        @Override
        public void reject(Reject reject) {
            // The summary counts them.
        }
    }
}
