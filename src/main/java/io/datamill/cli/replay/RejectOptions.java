package io.datamill.cli.replay;

import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.sink.postgres.ReplayedRejects.Mark;
import io.datamill.sink.postgres.ReplayedRejects.RejectKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which rejects of which pipeline. */
final class RejectOptions {
    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline's YAML file.")
    private Path file;

    @Option(names = "--reason", paramLabel = "REASON", description = "Those of this reason, such as UNKNOWN_SCHEMA.")
    private String reason;

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description =
                    "Those of this step or sink: its path, or the begin or end of it: adapter, sinks[0], postgres.")
    private String step;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Those of this tenant.")
    private String tenant;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "Those that arrived then or later: 2026-01-31T12:00:00Z or 2026-01-31, in UTC.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeOption.class,
            description = "Those that arrived before then.")
    private Instant to;

    @Option(
            names = "--where",
            paramLabel = "EXPRESSION",
            description =
                    "Those of which this is true: CEL over tenant, event_id, stream, shard, sequence_number, part,"
                            + " arrival_time, step, reason, message, pipeline, id.")
    private String where;

    @Option(names = "--open", description = "Those that have not been replayed with success.")
    private boolean open;

    @Option(names = "--replayed", description = "Those that have.")
    private boolean replayed;

    /**
     * The pipeline's store.
     *
     * @throws IllegalArgumentException if it has none, or the options contradict each other
     */
    RejectStore store() throws InvalidPipelineException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    file.toString(), null, "no such file; give the path of a pipeline's YAML file");
        }
        if (open && replayed) {
            throw new IllegalArgumentException("--open and --replayed exclude each other: give one or none");
        }
        return RejectStore.of(file);
    }

    /**
     * Gives those that are wanted, without their bytes, in no order.
     *
     * @param err is told where Postgres cannot say which have been replayed, unless that was asked for
     */
    void forEach(RejectStore store, PrintWriter err, Consumer<StoredReject> wanted) throws IOException, SQLException {
        Predicate<StoredReject> chosen = where == null ? stored -> true : Where.of("--where", where);
        Map<RejectKey, Mark> marks = marks(store, err);
        store.forEach(from, to, false, reject -> {
            StoredReject stored = new StoredReject(reject, marks.get(RejectKey.of(reject)));
            if (matches(stored) && chosen.test(stored)) {
                wanted.accept(stored);
            }
        });
    }

    private Map<RejectKey, Mark> marks(RejectStore store, PrintWriter err) throws SQLException {
        try {
            return store.marks();
        } catch (SQLException | RuntimeException e) {
            if (open || replayed) {
                throw e;
            }
            err.println("which have been replayed is not known: " + e.getMessage());
            return Map.of();
        }
    }

    private boolean matches(StoredReject stored) {
        return (reason == null || reason.equals(stored.reject().cause().reason()))
                && (tenant == null || tenant.equals(stored.reject().tenant()))
                && (step == null || isStep(stored.reject().cause().step()))
                && (!open || stored.mark() == null)
                && (!replayed || stored.mark() != null);
    }

    private boolean isStep(String path) {
        return path.equals(step) || path.startsWith(step + '.') || path.endsWith('.' + step);
    }
}
