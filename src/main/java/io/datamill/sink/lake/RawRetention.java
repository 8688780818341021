package io.datamill.sink.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.RichSourceFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, once an hour, the days of the raw lake that need not be kept any more: directories called {@code
 * day=YYYY-MM-DD} in those of the job's own streams, and nothing else. What cannot be deleted is told, counted and tried
 * again an hour later; the job goes on.
 *
 * <p>A source without records, since nothing else runs by the clock in one place alone. It has no state.
 */
@SuppressWarnings("deprecation") // As Kinesis's: a source of one thread and no splits.
final class RawRetention extends RichSourceFunction<String> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RawRetention.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    /** How soon it ends when the job is stopped. */
    private static final Duration NAP = Duration.ofSeconds(1);

    private static final String DAY = "day=";
    private static final int DAY_LENGTH = "day=2026-01-31".length();

    private final List<String> directories;
    private final Duration keep;
    private transient Counter deleted;
    private transient Counter failed;
    private volatile boolean running = true;

    /** @param directories of the streams, each of which holds days */
    RawRetention(List<String> directories, Duration keep) {
        this.directories = List.copyOf(directories);
        this.keep = keep;
    }

    static void attach(StreamExecutionEnvironment env, List<String> directories, Duration keep) {
        env.addSource(new RawRetention(directories, keep), Types.STRING)
                .setParallelism(1)
                .name("raw: keep")
                .uid("job: raw-keep")
                .filter(none -> false) // Flink leaves out a source that nothing follows.
                .setParallelism(1) // As the source: no box of its own.
                .name("none")
                .uid("job: raw-keep-none");
    }

    @Override
    public void open(OpenContext context) {
        deleted = getRuntimeContext().getMetricGroup().counter("deleted");
        failed = getRuntimeContext().getMetricGroup().counter("failed");
    }

    @Override
    public void run(SourceContext<String> context) throws InterruptedException {
        context.markAsTemporarilyIdle();
        long next = System.nanoTime();
        while (running) {
            if (System.nanoTime() - next >= 0) {
                next = System.nanoTime() + BETWEEN_LOOKS.toNanos();
                sweep(Instant.now());
            }
            Thread.sleep(NAP.toMillis());
        }
    }

    private void sweep(Instant now) {
        for (String directory : directories) {
            try {
                deleted.inc(delete(new Path(directory), now.minus(keep)));
            } catch (IOException | RuntimeException e) {
                failed.inc();
                LOG.warn("{}: days that need not be kept cannot be deleted; tries again: {}", directory, e.toString());
            }
        }
    }

    /**
     * Deletes the days that had ended by then.
     *
     * @return how many
     * @throws IOException if one of them cannot be deleted; those before it are
     */
    static int delete(Path directory, Instant before) throws IOException {
        FileSystem files = directory.getFileSystem();
        int count = 0;
        for (FileStatus child : children(files, directory)) {
            LocalDate day = child.isDir() ? day(child.getPath().getName()) : null;
            if (day != null && !end(day).isAfter(before)) {
                if (!files.delete(child.getPath(), true)) {
                    throw new IOException(child.getPath() + " is still there");
                }
                LOG.info("{}: deleted, as it need not be kept", child.getPath());
                count++;
            }
        }
        return count;
    }

    private static FileStatus[] children(FileSystem files, Path directory) throws IOException {
        try {
            FileStatus[] children = files.listStatus(directory);
            return children == null ? new FileStatus[0] : children;
        } catch (FileNotFoundException e) {
            return new FileStatus[0]; // Nothing has been written yet.
        }
    }

    /** Null for any other name. */
    private static LocalDate day(String name) {
        if (name.length() != DAY_LENGTH || !name.startsWith(DAY)) {
            return null;
        }
        try {
            return LocalDate.parse(name.substring(DAY.length()));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public void cancel() {
        running = false;
    }
}
