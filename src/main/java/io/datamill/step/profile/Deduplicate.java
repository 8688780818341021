package io.datamill.step.profile;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Header;
import io.datamill.event.TextSerializer;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * Lets the first event of each tenant and id through and drops its copies.
 *
 * <p>A copy is recognised until the watermark has reached the later of the first one's event time and the watermark when
 * it came, plus {@code within}. The next copy then passes and counts as a first one; copies do not prolong the time.
 * All is event time, so a job that was down for days recognises what it would have without. Two copies that differ in
 * what the stream is partitioned by (the same id, another sender) are not recognised as such.
 *
 * <p>State: one entry per event, about 100 bytes plus its id, for {@code within} and up to a {@value #SLOTS}th more: ids
 * are forgotten in groups, each with one timer that looks through the key's entries once.
 */
public final class Deduplicate implements KeyedStep {
    private static final long serialVersionUID = 1L;
    private static final int SLOTS = 24;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    /** How long a copy is recognised. */
    @VerbDoc(
            purpose = "Lets the first event of each tenant and id through and drops its copies, which are counted as"
                    + " duplicates. All is event time, so that a job that was down for days recognises what it would"
                    + " have without.",
            signature = "any event with an id of its own → the same",
            state =
                    "For each event about 100 bytes and its id, until the watermark has reached the later of its time and"
                            + " the watermark when it came, plus within and up to a 24th more. Copies do not prolong it.",
            example = """
                    step: { deduplicate: { id: once, within: 24h } }
                    fields: { order: string, at: timestamp }
                    id: order
                    time: at
                    input:
                      - { order: a-1, at: 2026-01-31T12:00:00Z }
                      - { order: a-1, at: 2026-01-31T12:00:00Z }
                      - { order: a-2, at: 2026-01-31T12:00:01Z }
                    output:
                      - { order: a-1, at: 2026-01-31T12:00:00Z }
                      - { order: a-2, at: 2026-01-31T12:00:01Z }
                    """)
    public record Config(
            @OptionDoc("Names the state in savepoints; it stays when the step moves.")
            String id,

            @OptionDoc("How long a copy is recognised: 1m to 90d of event time.")
            Duration within)
            implements StepConfig {
        public Config {
            StateId.require(id);
            if (within == null) {
                throw new IllegalArgumentException("within is missing; give how long copies come, such as 24h");
            }
            if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("within is " + Durations.text(within) + ", expected 1m to 90d");
            }
        }

        @Override
        public Stage stage() {
            return Stage.DEDUPLICATE;
        }

        @Override
        public Step plan(Planning planning) {
            if (!planning.surroundings().identified()) {
                planning.problem("", "the events have no id of their own, so none has a copy: give event.id");
                return null;
            }
            return new Deduplicate(id, within);
        }
    }

    private final String id;
    private final long within;
    private final long slot;
    private transient Context context;
    private transient MapState<String, Long> forgetAt;

    private Deduplicate(String id, Duration within) {
        this.id = id;
        this.within = within.toMillis();
        this.slot = this.within / SLOTS;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public List<String> key() {
        return List.of();
    }

    @Override
    public Fate dropped() {
        return Fate.DUPLICATE;
    }

    @Override
    public void open(Context opened) {
        context = opened;
        forgetAt = opened.state()
                .getMapState(new MapStateDescriptor<>("forget-at", TextSerializer.INSTANCE, LongSerializer.INSTANCE));
    }

    @Override
    public Event apply(Event event) throws Exception {
        Header header = event.header();
        // The key holds the tenant as well, but the state must be right under any key.
        String name = header.tenant() + '|' + header.id();
        Long known = forgetAt.get(name);
        if (known != null && context.watermark() < known) {
            return null;
        }
        long until = Math.max(header.time(), context.watermark()) + within;
        forgetAt.put(name, until);
        // Rounded up, so that there are few timers.
        context.registerTimer(-Math.floorDiv(-until, slot) * slot);
        return event;
    }

    @Override
    public void onTimer(long time) throws Exception {
        boolean kept = false;
        for (Iterator<Map.Entry<String, Long>> entries = forgetAt.iterator(); entries.hasNext(); ) {
            if (entries.next().getValue() <= time) {
                entries.remove();
            } else {
                kept = true;
            }
        }
        if (!kept) {
            forgetAt.clear(); // On the heap an emptied map would stay for ever.
        }
    }
}
