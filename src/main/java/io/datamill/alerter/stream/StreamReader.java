package io.datamill.alerter.stream;

import io.datamill.alerter.channel.Backoff;
import io.datamill.alerter.config.StreamConfig.Start;
import io.datamill.alerter.store.Arrived;
import io.datamill.alerter.store.Positions;
import io.datamill.alerter.store.Positions.Position;
import io.datamill.alerter.store.Tally;
import io.datamill.alerter.stream.StreamPort.ExpiredException;
import io.datamill.alerter.stream.StreamPort.Page;
import io.datamill.alerter.stream.StreamPort.Shard;
import io.datamill.alerter.stream.StreamPort.UnavailableException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads all shards in turn, on one thread: a shard that was split or merged from others after these. What has been taken
 * is remembered by whoever takes it; here are only the iterators.
 */
public final class StreamReader {
    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(10);

    /** The clock here and that of Kinesis may differ; an event of before is better than one that is missed. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final StreamPort stream;
    private final Positions positions;
    private final Taker taker;
    private final Start start;
    private final Backoff backoff;
    private final Clock clock;
    private final Map<String, Reading> readings = new LinkedHashMap<>();
    private Instant listAt = Instant.MIN;

    /** Takes records and remembers the position, both or neither. */
    public interface Taker {
        Tally take(String shard, List<Arrived> records, boolean end) throws SQLException;
    }

    /** How shards are read. */
    public record Manner(Start start, Backoff backoff, Clock clock) {}

    public StreamReader(StreamPort stream, Positions positions, Taker taker, Manner manner) {
        this.stream = stream;
        this.positions = positions;
        this.taker = taker;
        this.start = manner.start();
        this.backoff = manner.backoff();
        this.clock = manner.clock();
    }

    /** A shard being read. */
    private static final class Reading {
        private final Shard shard;
        private final Instant from;
        private String last;
        private boolean done;
        private String iterator;
        private long behindMillis = Long.MAX_VALUE;
        private int failures;
        private Instant notBefore = Instant.MIN;

        Reading(Shard shard, Position at) {
            this.shard = shard;
            this.from = at.startAt();
            this.last = at.sequence();
            this.done = at.done();
        }
    }

    /**
     * What one pass came to.
     *
     * @param behindMillis of the shard that is behind the most; {@link Long#MAX_VALUE} while that is not known
     * @param problem why a shard could not be read; empty if all could
     */
    public record Pass(Tally tally, long behindMillis, String problem) {
        /** Whether all was read that there was. */
        public boolean isAtEnd() {
            return behindMillis == 0 && tally.read() == 0 && problem.isEmpty();
        }
    }

    /**
     * Reads once from each shard that can be read.
     *
     * @throws SQLException if what was read could not be remembered; the next pass reads it again
     */
    public Pass pass() throws SQLException {
        String problem = "";
        if (!clock.instant().isBefore(listAt)) {
            try {
                problem = list();
                listAt = clock.instant().plus(BETWEEN_LISTINGS);
            } catch (UnavailableException e) {
                problem = e.getMessage();
            }
        }
        Tally tally = Tally.NONE;
        for (Reading reading : List.copyOf(readings.values())) {
            if (isReadable(reading)) {
                try {
                    tally = tally.plus(read(reading));
                    reading.failures = 0;
                } catch (ExpiredException e) {
                    reading.iterator = null;
                } catch (UnavailableException e) {
                    reading.failures++;
                    reading.notBefore = clock.instant().plus(backoff.after(reading.failures, Duration.ZERO));
                    problem = e.getMessage();
                }
            }
        }
        return new Pass(tally, behind(), problem);
    }

    private long behind() {
        return readings.values().stream()
                .filter(reading -> !reading.done)
                .mapToLong(reading -> reading.behindMillis)
                .max()
                .orElse(0);
    }

    /** The shards that are read to their present end. */
    public Set<String> atEnd() {
        return readings.values().stream()
                .filter(reading -> !reading.done && reading.behindMillis == 0)
                .map(reading -> reading.shard.id())
                .collect(Collectors.toSet());
    }

    private boolean isReadable(Reading reading) {
        return !reading.done
                && !clock.instant().isBefore(reading.notBefore)
                && reading.shard.parents().stream()
                        .map(readings::get)
                        .noneMatch(parent -> parent != null && !parent.done);
    }

    private Tally read(Reading reading) throws SQLException {
        String id = reading.shard.id();
        if (reading.iterator == null) {
            reading.iterator = stream.iterator(id, reading.last, reading.from);
        }
        Page page = stream.read(reading.iterator);
        List<Arrived> records = page.records();
        boolean end = page.next() == null;
        Tally tally = records.isEmpty() && !end ? Tally.NONE : taker.take(id, records, end);
        // Only now: what could not be remembered is read again.
        reading.iterator = page.next();
        reading.last = records.isEmpty()
                ? reading.last
                : records.get(records.size() - 1).sequence();
        reading.done = end;
        reading.behindMillis = page.behindMillis();
        if (end) {
            listAt = Instant.MIN; // Its children are to be found.
        }
        return tally;
    }

    /** Finds new shards. What may have been lost, since the stream keeps a record for so long only; empty if nothing. */
    private String list() throws SQLException {
        List<Shard> shards = stream.shards();
        Map<String, Position> known = positions.all().stream()
                .collect(Collectors.toMap(Position::shard, position -> position, (a, b) -> a, LinkedHashMap::new));
        boolean first = known.isEmpty();
        Instant from = first && start == Start.LATEST ? clock.instant().minus(CLOCK_SKEW) : null;
        List<String> gaps = new ArrayList<>();
        if (readings.isEmpty() && !first) {
            Instant oldest = clock.instant().minus(stream.retention());
            known.values().stream()
                    .filter(at -> !at.done() && at.moved().isBefore(oldest))
                    .forEach(at -> gaps.add(at.shard() + " was last read at " + at.moved()));
        }
        List<Position> begun = shards.stream()
                .filter(shard -> !known.containsKey(shard.id()))
                .map(shard -> new Position(shard.id(), null, from, false, clock.instant()))
                .toList();
        positions.begin(begun);
        begun.forEach(position -> known.put(position.shard(), position));
        shards.forEach(shard -> readings.computeIfAbsent(shard.id(), id -> new Reading(shard, known.get(id))));
        forget(shards.stream().map(Shard::id).collect(Collectors.toSet()), known);
        return gaps.isEmpty()
                ? ""
                : "longer ago than the stream keeps records, what came after may be lost: " + String.join(", ", gaps);
    }

    private void forget(Set<String> there, Map<String, Position> known) throws SQLException {
        readings.keySet().retainAll(there);
        known.keySet().removeAll(there);
        if (!known.isEmpty()) {
            positions.forget(known.keySet());
        }
    }
}
