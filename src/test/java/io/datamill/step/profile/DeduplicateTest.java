package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Header;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeduplicateTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long WITHIN = 24 * HOUR;
    private static final long NOW = Events.ARRIVAL;
    private final InMemoryState state = new InMemoryState();
    private KeyedStep deduplicate;

    @BeforeEach
    void open() throws Exception {
        Planning planning = new Planning(SchemaBuilder.record("R").fields().endRecord(), (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        KeyedStep step = (KeyedStep) new Deduplicate.Config("once", Duration.ofHours(24)).plan(planning);
        deduplicate = InstantiationUtil.clone(step);
        deduplicate.open(state);
        state.select("key");
    }

    private boolean passes(String id, long time) throws Exception {
        return deduplicate.apply(Events.event(id, time)) != null;
    }

    private boolean passes(String tenant, String id) throws Exception {
        Header header = Events.event(id, NOW).header();
        return deduplicate.apply(new Event(new Header(tenant, id, NOW, null, header.source()), "key", new Object[0]))
                != null;
    }

    @Test
    void dropsACopyAsDuplicate() throws Exception {
        assertThat(passes("a", NOW)).isTrue();
        assertThat(passes("a", NOW)).isFalse();
        assertThat(passes("b", NOW)).isTrue();
        assertThat(deduplicate.dropped()).isEqualTo(Fate.DUPLICATE);
    }

    @Test
    void givesTheFirstOneUnchanged() throws Exception {
        Event event = Events.event("a", NOW, "value");
        assertThat(deduplicate.apply(event)).isSameAs(event);
    }

    @Test
    void neverMixesTenantsOrIdsUnderOneKey() throws Exception {
        assertThat(passes("acme", "b")).isTrue();
        assertThat(passes("globex", "b")).isTrue();
        assertThat(passes("acmeb", "")).isTrue();
        assertThat(passes("acme", "b")).isFalse();
    }

    @Test
    void recognisesACopyUntilTheWatermarkReachesTheEventTimePlusWithin() throws Exception {
        long time = NOW + 1; // Not where a slot ends: the time counts, not when the entry is removed.
        passes("a", time);
        state.advance(time + WITHIN - 1, deduplicate);
        state.select("key");
        assertThat(passes("a", time)).isFalse();
        state.advance(time + WITHIN, deduplicate);
        state.select("key");
        assertThat(passes("a", time)).isTrue();
    }

    @Test
    void countsFromTheWatermarkForAnEventThatCameLate() throws Exception {
        state.advance(NOW, deduplicate);
        passes("old", NOW - 10 * WITHIN);
        state.advance(NOW + WITHIN - 1, deduplicate);
        assertThat(passes("old", NOW - 10 * WITHIN)).isFalse();
    }

    @Test
    void doesNotProlongTheTimeByCopies() throws Exception {
        passes("a", NOW);
        state.advance(NOW + WITHIN - 1, deduplicate);
        assertThat(passes("a", NOW + WITHIN)).isFalse();
        state.advance(NOW + WITHIN, deduplicate);
        assertThat(passes("a", NOW + WITHIN)).isTrue();
    }

    @Test
    void doesNotDependOnHowLongTheJobWasDown() throws Exception {
        // Nothing but the watermark is asked: a watermark that stands still forgets nothing.
        passes("a", NOW);
        state.advance(NOW, deduplicate);
        for (int i = 0; i < 1000; i++) {
            assertThat(passes("a", NOW)).isFalse();
        }
    }

    @Test
    void forgetsWithFewTimers() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            passes("id-" + i, NOW + random.nextInt((int) HOUR * 3));
        }
        assertThat(state.pendingTimers()).isBetween(3, 4);
        state.advance(NOW + WITHIN + 4 * HOUR, deduplicate);
        assertThat(state.pendingTimers()).isZero();
        assertThat(state.isEmpty()).isTrue();
    }

    @Test
    void agreesWithAPlainMapOverShuffledCopies() throws Exception {
        Random random = new Random(2);
        Map<String, Long> until = new HashMap<>();
        long watermark = Long.MIN_VALUE;
        int duplicates = 0;
        for (int i = 0; i < 50_000; i++) {
            long time = NOW + i * 5000L - random.nextInt(3_600_000);
            String id = "id-" + Math.max(0, i - random.nextInt(40_000));
            boolean copy = until.containsKey(id) && watermark < until.get(id);
            assertThat(passes(id, time)).isEqualTo(!copy);
            if (copy) {
                duplicates++;
            } else {
                until.put(id, Math.max(time, watermark) + WITHIN);
            }
            if (i % 100 == 0) {
                watermark = Math.max(watermark, time - 600_000);
                state.advance(watermark, deduplicate);
                state.select("key");
            }
        }
        assertThat(duplicates).isBetween(5_000, 45_000);
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> new Deduplicate.Config(null, Duration.ofHours(1)))
                .hasMessageStartingWith("id is required");
        assertThatThrownBy(() -> new Deduplicate.Config("A b", Duration.ofHours(1)))
                .hasMessageStartingWith("id: expected");
        assertThatThrownBy(() -> new Deduplicate.Config("once", null)).hasMessageStartingWith("within ");
        assertThatThrownBy(() -> new Deduplicate.Config("once", Duration.ofSeconds(59)))
                .hasMessageStartingWith("within ");
        assertThatThrownBy(() -> new Deduplicate.Config("once", Duration.ofDays(91)))
                .hasMessageStartingWith("within ");
    }
}
