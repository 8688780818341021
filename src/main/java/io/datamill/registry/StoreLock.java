package io.datamill.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One writer at a time: among the threads of this JVM by a lock in memory, among processes by one on a file. */
final class StoreLock {
    private static final long LIMIT_SECONDS = 10;
    private static final long PAUSE_MILLIS = 5;

    /** By file: a JVM cannot lock the same one twice. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock here;

    StoreLock(Path file) {
        this.file = file;
        this.here = HERE.computeIfAbsent(file, path -> new ReentrantLock());
    }

    /** @throws StoreException if others hold it for {@value #LIMIT_SECONDS} s */
    boolean holding(BooleanSupplier work) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            if (!here.tryLock(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = await(channel, deadline)) {
                return held.isValid() && work.getAsBoolean();
            } finally {
                here.unlock();
            }
        } catch (IOException e) {
            throw new StoreException("cannot lock " + file + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for " + file, e);
        }
    }

    private FileLock await(FileChannel channel, long deadline) throws IOException, InterruptedException {
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() > deadline) {
                throw busy();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            lock = channel.tryLock();
        }
        return lock;
    }

    private StoreException busy() {
        return new StoreException("another writer holds " + file + " for " + LIMIT_SECONDS + " s", null);
    }
}
