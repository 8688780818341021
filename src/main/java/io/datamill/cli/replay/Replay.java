package io.datamill.cli.replay;

import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Fate;
import io.datamill.event.Position;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.sink.postgres.ReplayedRejects;
import io.datamill.source.Records;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Runs records again through a pipeline as it is now, on a Flink of this process, with the positions and arrival times
 * that they had.
 *
 * @param plan today's
 * @param dry whether nothing is written
 * @param history what arrived so long before the first of them runs before them, and between them, but does not land;
 *     null: nothing does
 * @param out what came of them is told here
 */
public record Replay(Path file, Plan plan, boolean dry, Duration history, PrintWriter out) {

    /** Plans the pipeline. */
    public static Replay of(Path file, boolean dry, Duration history, PrintWriter out)
            throws InvalidPipelineException, IOException {
        return new Replay(file, new Planner(Catalog.STANDARD).plan(file), dry, history, out);
    }

    /**
     * Runs what arrived in a time.
     *
     * @param to the first moment behind it
     * @throws IllegalArgumentException if it cannot be run, as without a raw lake
     */
    public void range(Instant from, Instant to) throws Exception {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("--from " + from + " is not before --to " + to);
        }
        try (ReplayedRejects lock = ReplayLock.take(plan, dry);
                RecordSpool spool = new RecordSpool()) {
            RawLake raw = raw();
            long[] count = new long[1];
            for (Plan.Input input : plan.inputs()) {
                String stream = input.source().stream().resolve();
                raw.forEach(stream, from, to, record -> {
                    count[0]++;
                    spool.add(input.name(), record);
                });
            }
            history(spool, from, from, position -> false);
            out.println(title(count[0] + " records that arrived from " + from + " to " + to));
            ReplayOutput output =
                    new ReplayOutput(plan, position -> isIn(position, from, to), position -> {}, reject -> {});
            LocalSummary summary = run(spool.ordered(), false, output);
            tell(output, output.accepted(), output.rejected());
            if (history == null) {
                summary(summary);
            }
        }
    }

    private static boolean isIn(Position position, Instant from, Instant to) {
        return position.arrivalTime() >= from.toEpochMilli() && position.arrivalTime() < to.toEpochMilli();
    }

    /**
     * Runs rejects that are open, and marks those that have not been rejected again.
     *
     * @param where a CEL expression over the fields of a reject
     * @throws IllegalArgumentException if they cannot be run
     */
    public void rejects(String where) throws Exception {
        new RejectReplay(this).run(Where.of("--rejects", where));
    }

    /** What a replay is introduced with. */
    String title(String what) {
        return what + ", through " + plan.version() + (dry ? "; dry run: nothing is written" : "");
    }

    /** @throws IllegalArgumentException if the pipeline keeps no raw records */
    RawLake raw() {
        if (plan.accounts().raw() == null) {
            throw new IllegalArgumentException(file + " keeps no raw records to take this from: add"
                    + " raw: { path: \"s3://lake/raw\", keep: 30d }");
        }
        return new RawLake(plan.accounts().raw());
    }

    /**
     * Adds what runs without landing.
     *
     * @param first the first arrival of what lands
     * @param end the first arrival that is too late
     * @param lands what is there already
     */
    void history(RecordSpool spool, Instant first, Instant end, Predicate<Position> lands) throws IOException {
        if (history == null) {
            return;
        }
        RawLake raw = raw();
        for (Plan.Input input : plan.inputs()) {
            raw.forEach(input.source().stream().resolve(), first.minus(history), end, record -> {
                if (!lands.test(record.position())) {
                    spool.add(input.name(), record);
                }
            });
        }
    }

    /** @param messages whether streams get what lands */
    LocalSummary run(Map<String, List<Records>> records, boolean messages, ReplayOutput output) throws Exception {
        Landing landing = Landing.of(plan, messages);
        landing.notes().forEach(note -> out.println("  " + note));
        try (LocalRun flink = LocalRun.start()) {
            return dry ? flink.run(plan, records, output) : flink.land(landing.plan(), records, output);
        }
    }

    void tell(ReplayOutput output, long accepted, long rejected) {
        out.println("accepted        " + accepted);
        out.println("rejected again  " + rejected + output.reasons());
        if (dry) {
            output.examples().forEach(out::println);
        }
    }

    private void summary(LocalSummary summary) {
        for (Fate fate : List.of(Fate.FILTERED, Fate.DUPLICATE, Fate.LATE, Fate.ABSORBED)) {
            out.printf("%-15s %d%n", fate.name().toLowerCase(Locale.ROOT), summary.count(fate));
        }
    }
}
