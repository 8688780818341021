package io.datamill.step.enrich;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file holds, read again when the file has changed. All subtasks of a JVM share one copy of what was read, for as
 * long as one of them holds it. A new file that cannot be read leaves the old content in use and is told once, at ERROR.
 * Whoever brings a newer file puts it beside the old one and renames it over, so that no half of it is read.
 *
 * @param <T> what is made of the file; it does not change and may be used from several threads
 */
final class WatchedFile<T> {
    /** The file is looked at no more often than that, and only when an event comes. */
    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final Map<Version, WeakReference<Object>> SHARED = new HashMap<>();

    private record Version(Object kind, Path path, FileTime modified, long size, Object file) {}

    /** Makes something of a file. */
    interface Reading<T> {
        /** @throws IOException naming the file, and the line where there are lines */
        T read(Path path) throws IOException;

        /** @throws IOException naming the file, if this use cannot do with what another has read */
        default void check(T read) throws IOException {}
    }

    private final Path path;
    private final Object kind;
    private final Reading<T> reading;
    private final LongSupplier nanos;
    private Version version;
    private T content;
    private long lookedAt;
    private boolean missing;

    private WatchedFile(Path path, Object kind, Reading<T> reading, LongSupplier nanos) throws IOException {
        this.path = path;
        this.kind = kind;
        this.reading = reading;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
        this.version = version();
        this.content = read(version);
    }

    /**
     * Reads the file.
     *
     * @param kind the same for all readings that make the same of a file
     * @param nanos a clock as {@link System#nanoTime()}
     * @throws IOException naming the file, if it is not there or cannot be read
     */
    static <T> WatchedFile<T> open(Path path, Object kind, Reading<T> reading, LongSupplier nanos) throws IOException {
        return new WatchedFile<>(path, kind, reading, nanos);
    }

    /** What the file holds, as of at most {@value #INTERVAL_NANOS} ns before the call before this one. */
    T current() {
        long now = nanos.getAsLong();
        if (now - lookedAt >= INTERVAL_NANOS) {
            lookedAt = now;
            look();
        }
        return content;
    }

    private void look() {
        Version found;
        try {
            found = version();
            missing = false;
        } catch (IOException e) {
            if (!missing) {
                missing = true;
                LOG.error("{}; what was read of it stays in use", e.getMessage());
            }
            return;
        }
        if (found.equals(version)) {
            return;
        }
        version = found; // Also of a broken one: it is not read again until it changes.
        try {
            content = read(found);
            LOG.info("{} was read again", path);
        } catch (IOException | RuntimeException e) {
            LOG.error("{} has changed and cannot be used; what was read before stays in use", path, e);
        }
    }

    private Version version() throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is not there, or no file");
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Version(
                kind, path.toRealPath(), attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private T read(Version wanted) throws IOException {
        T read = shared(wanted);
        reading.check(read);
        return read;
    }

    @SuppressWarnings("unchecked") // Under one kind there is one type.
    private T shared(Version wanted) throws IOException {
        synchronized (SHARED) {
            WeakReference<Object> known = SHARED.get(wanted);
            Object read = known == null ? null : known.get();
            if (read == null) {
                read = reading.read(path);
                SHARED.values().removeIf(reference -> reference.get() == null);
                SHARED.put(wanted, new WeakReference<>(read));
            }
            return (T) read;
        }
    }
}
