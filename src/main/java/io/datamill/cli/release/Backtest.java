package io.datamill.cli.release;

import io.datamill.cli.release.Tally.Verdict;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.cli.training.RetainedEvents.Retained;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs events that were kept through what serves and through a candidate, from what stood before the score, profile
 * values included. One event is in memory at a time; of each labelled one remain 32 bytes at most, and twice that while
 * the figures are computed.
 *
 * @param overall of all tenants together
 * @param tenants those with events, by name; none where the events name no tenant
 * @param scored whether the candidate gives scores
 * @param misfit why the first event that did not fit the pipeline did not; null: all do
 */
public record Backtest(Comparison overall, Map<String, Comparison> tenants, boolean scored, String misfit) {

    /**
     * @param artifact the step that changes
     * @param served the directory of the version that serves now; null: none
     * @param candidate the directory of the one that shall
     * @throws IllegalArgumentException if the candidate, or the pipeline, does not fit the events
     */
    public static Backtest run(ServedArtifact artifact, String served, String candidate, RetainedEvents events)
            throws Exception {
        Stretch stretch = Stretch.of(artifact, events.schema());
        try (Replay next = stretch.plan(artifact.with(candidate));
                Replay now = served == null ? null : stretch.plan(artifact.with(served))) {
            return new Run(new RowShape(events.schema(), stretch.before()), now, next).of(events);
        }
    }

    /**
     * Makes sure that a candidate can run in the pipeline at all.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static void check(ServedArtifact artifact, String candidate) throws Exception {
        Stretch all = Stretch.of(artifact, null);
        new Stretch(artifact, all.before(), Map.of(artifact.path(), artifact.config()))
                .plan(artifact.with(candidate))
                .close();
    }

    /** One reading of the events. */
    private static final class Run {
        /** All other artifacts of the pipeline are the newest: what arrives now is given them. */
        private static final long NOW = Long.MAX_VALUE;

        private final RowShape shape;
        private final Replay now;
        private final Replay next;
        private final Map<String, Tally> tallies = new TreeMap<>();
        private String misfit;

        Run(RowShape shape, Replay now, Replay next) {
            this.shape = shape;
            this.now = now;
            this.next = next;
        }

        Backtest of(RetainedEvents events) throws Exception {
            events.forEach(this::add);
            boolean served = now != null;
            Map<String, Comparison> tenants = new TreeMap<>();
            tallies.forEach((tenant, tally) -> {
                if (!tenant.isEmpty()) {
                    tenants.put(tenant, Tally.compare(List.of(tally), served, next.decides()));
                }
            });
            Comparison overall = Tally.compare(List.copyOf(tallies.values()), served, next.decides());
            return new Backtest(overall, tenants, next.scores(), misfit);
        }

        private void add(Retained kept) {
            Tally tally = tallies.computeIfAbsent(kept.tenant(), tenant -> new Tally());
            try {
                Event event = event(kept);
                Verdict old = now == null ? null : verdict(now, event);
                tally.add(kept.bad(), old, verdict(next, event));
            } catch (RowShape.MisfitException e) {
                misfit = misfit == null ? "event " + kept.id() + ": " + e.getMessage() : misfit;
                tally.misfit();
            }
        }

        private Event event(Retained kept) throws RowShape.MisfitException {
            String id = String.valueOf(kept.id());
            SourceRecord record = new SourceRecord(new Position("kept", "file", "0", NOW), "", new byte[0]);
            return new Event(new Header(kept.tenant(), id, 0, null, record), "", shape.of(kept.values()));
        }

        private static Verdict verdict(Replay replay, Event event) {
            String word = replay.run(event);
            return new Verdict(word, replay.score());
        }
    }
}
