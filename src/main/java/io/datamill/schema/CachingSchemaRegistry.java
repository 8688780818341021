package io.datamill.schema;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.datamill.schema.RemoteRegistry.Registered;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/**
 * Makes a registry across the network fit for a stream. What was seen is never asked for again, so it stays readable
 * while the registry is down. An id that is not there is not asked for again for {@value #UNKNOWN_SECONDS} s. Several
 * threads that need one id ask once. A question without an answer is asked {@value #ATTEMPTS} times, with a growing
 * pause, and ends in {@link RegistryUnavailableException}.
 */
final class CachingSchemaRegistry implements SchemaRegistry {
    static final int ATTEMPTS = 3;
    static final long UNKNOWN_SECONDS = 5;

    private static final int MOST_SCHEMAS = 10_000;
    private static final int MOST_UNKNOWN = 10_000;

    private interface Question<T> {
        T ask() throws IOException;
    }

    private final RemoteRegistry remote;
    private final SchemaFiles files;
    private final Duration pause;
    private final Cache<UUID, Schema> byId =
            CacheBuilder.newBuilder().maximumSize(MOST_SCHEMAS).build();
    private final Cache<SchemaName, Registered> byName =
            CacheBuilder.newBuilder().maximumSize(MOST_SCHEMAS).build();
    private final Cache<UUID, Boolean> unknown;

    /** @param files what outlives this process, or null */
    CachingSchemaRegistry(RemoteRegistry remote, SchemaFiles files) {
        this(remote, files, Duration.ofMillis(200), Ticker.systemTicker());
    }

    CachingSchemaRegistry(RemoteRegistry remote, SchemaFiles files, Duration pause, Ticker ticker) {
        this.remote = remote;
        this.files = files;
        this.pause = pause;
        this.unknown = CacheBuilder.newBuilder()
                .maximumSize(MOST_UNKNOWN)
                .expireAfterWrite(UNKNOWN_SECONDS, TimeUnit.SECONDS)
                .ticker(ticker)
                .build();
    }

    @Override
    public Schema byId(UUID id) {
        refuseUnknown(id);
        return once(byId, id, () -> find(id));
    }

    @Override
    public Schema byName(String name) {
        SchemaName parsed = SchemaName.parse(name);
        Registered found = parsed.isLatest() ? find(parsed) : once(byName, parsed, () -> find(parsed));
        byId.put(found.id(), found.schema());
        return found.schema();
    }

    @Override
    public UUID register(String name, Schema schema) {
        SchemaName parsed = SchemaName.parse(name);
        Optional<Registered> existing = parsed.isLatest() ? Optional.empty() : answered(() -> remote.byName(parsed));
        if (existing.isEmpty()) {
            return answered(() -> remote.register(parsed, schema));
        }
        if (!SchemaIds.of(existing.get().schema()).equals(SchemaIds.of(schema))) {
            throw new IllegalArgumentException("schema '" + name + "' in " + remote.place()
                    + " is another one already; a version never changes, so register this one as a new version");
        }
        return existing.get().id();
    }

    private Schema find(UUID id) {
        refuseUnknown(id); // another thread may have asked since
        Optional<Schema> kept = files == null ? Optional.empty() : files.find(id);
        if (kept.isPresent()) {
            return kept.get();
        }
        Optional<Registered> found = answered(() -> remote.byId(id));
        if (found.isEmpty()) {
            unknown.put(id, true);
            throw UnknownSchemaException.ofId(id, remote.place());
        }
        if (files != null) {
            files.keep(id, found.get().schema());
        }
        return found.get().schema();
    }

    private Registered find(SchemaName name) {
        return answered(() -> remote.byName(name))
                .orElseThrow(() -> UnknownSchemaException.ofName(
                        name.toString(), remote.place(), answered(() -> remote.namesLike(name))));
    }

    private void refuseUnknown(UUID id) {
        if (unknown.getIfPresent(id) != null) {
            throw UnknownSchemaException.ofId(id, remote.place());
        }
    }

    /** From the cache, or by one of the threads that ask for it; the others wait for what comes of that. */
    private static <K, V> V once(Cache<K, V> cache, K key, Supplier<V> answer) {
        try {
            return cache.get(key, answer::get);
        } catch (UncheckedExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> T answered(Question<T> question) {
        for (int attempt = 1; ; attempt++) {
            try {
                return question.ask();
            } catch (InterruptedIOException e) {
                throw unavailable(e, attempt);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !paused(attempt)) {
                    throw unavailable(e, attempt);
                }
            }
        }
    }

    /** Twice as long each time, and up to half as long again, so that not all come back at once. */
    private boolean paused(int attempt) {
        long nanos = pause.toNanos() << (attempt - 1);
        try {
            TimeUnit.NANOSECONDS.sleep(nanos + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RegistryUnavailableException unavailable(IOException cause, int attempts) {
        return new RegistryUnavailableException(
                "the schema registry " + remote.place() + " gave no answer in " + attempts
                        + (attempts == 1 ? " attempt: " : " attempts: ") + cause.getMessage(),
                cause);
    }
}
