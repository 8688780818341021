package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ProfileTest {
    static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    static final Schema INPUT = SchemaBuilder.record("R")
            .fields()
            .requiredString("from_domain")
            .name("received_at")
            .type(TIME)
            .noDefault()
            .name("sent_at")
            .type(Schema.createUnion(Schema.create(Schema.Type.NULL), TIME))
            .noDefault()
            .requiredDouble("ratio")
            .optionalLong("large")
            .endRecord();
    private static final long MINUTE = 60_000;
    private static final long NOON = Events.ARRIVAL;

    private final List<String> problems = new ArrayList<>();
    private final Planning planning = new Planning(INPUT, (option, message) -> problems.add(option + ": " + message));
    private final InMemoryState state = new InMemoryState();

    private KeyedStep opened(String... features) throws Exception {
        KeyedStep step = (KeyedStep) config(features).plan(planning);
        assertThat(problems).isEmpty();
        KeyedStep profile = InstantiationUtil.clone(step);
        profile.open(state);
        state.select("acme|1:a");
        return profile;
    }

    static Profile.Config config(String... features) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < features.length; i++) {
            named.put("f" + i, features[i]);
        }
        return new Profile.Config("sender", List.of("from_domain"), named, null);
    }

    private static Object[] added(KeyedStep profile, long time, Long sentAt) throws Exception {
        Event event = Events.event("id", time, "a", time, sentAt, 0.5, null);
        Object[] values = profile.apply(event).values();
        assertThat(values).startsWith(event.values());
        return java.util.Arrays.copyOfRange(values, 5, values.length);
    }

    @Test
    void countsThisEventAndThoseOfTheWindowBefore() throws Exception {
        KeyedStep profile = opened("count(1h)", "count(1d)");
        assertThat(added(profile, NOON, null)).containsExactly(1L, 1L);
        assertThat(added(profile, NOON + 1, null)).containsExactly(2L, 2L);
        assertThat(added(profile, NOON + 59 * MINUTE, null)).containsExactly(3L, 3L);
        assertThat(added(profile, NOON + 60 * MINUTE, null)).containsExactly(2L, 4L);
        assertThat(added(profile, NOON + 24 * 60 * MINUTE, null)).containsExactly(1L, 2L);
    }

    @Test
    void countsALateEventWhereItBelongs() throws Exception {
        KeyedStep profile = opened("count(1h)");
        added(profile, NOON, null);
        assertThat(added(profile, NOON - 30 * MINUTE, null)).containsExactly(1L);
        assertThat(added(profile, NOON + 20 * MINUTE, null)).containsExactly(3L);
        assertThat(added(profile, NOON + 40 * MINUTE, null)).containsExactly(3L);
    }

    @Test
    void losesNothingByOneEventFromTheFuture() throws Exception {
        KeyedStep profile = opened("count(1h)");
        for (int i = 0; i < 100; i++) {
            added(profile, NOON, null);
        }
        added(profile, NOON + Duration.ofDays(1).toMillis(), null);
        assertThat(added(profile, NOON + MINUTE, null)).containsExactly(101L);
    }

    @Test
    void losesNoNumbersByOneEventFromTheFuture() throws Exception {
        KeyedStep profile =
                opened("sum(ratio, 1h)", "ewma(ratio, 1h)", "distinct(ratio, 1h)", "top(from_domain, 1, 1h)");
        added(profile, NOON, null);
        added(profile, NOON + Duration.ofDays(3000).toMillis(), null);
        Object[] added = added(profile, NOON + MINUTE, null);
        assertThat(added).startsWith(1.0, 0.5, 1L);
        assertThat(added[3]).hasToString("[{\"value\": \"a\", \"count\": 2, \"error\": 0}]");
    }

    @Test
    void takesNothingOfAnEventThatItRejects() throws Exception {
        KeyedStep profile = opened("count(1h)", "share(100 / int(ratio * 10.0) > 20, 7d)");
        assertThatThrownBy(() -> profile.apply(Events.event("id", NOON, "a", NOON, null, 0.0, null)))
                .hasMessageContaining("division by zero");
        assertThat(state.isEmpty()).isTrue();
        assertThat(added(profile, NOON, null)).containsExactly(1L, 0.0);
    }

    @Test
    void holdsASumToWhatALongCanBe() throws Exception {
        KeyedStep profile = opened("sum(large, 1h)");
        for (long large : new long[] {Long.MAX_VALUE, 5, 7}) {
            Event event = Events.event("id", NOON, "a", NOON, null, 0.5, large);
            assertThat(profile.apply(event).values()).endsWith(Long.MAX_VALUE);
        }
    }

    @Test
    void readsAConditionWithCommasAndQuotes() throws Exception {
        KeyedStep profile = opened(
                "share(from_domain in ['a', 'b'], 1h)",
                "share(\"from_domain == 'b'\", 1h)",
                "share(\"a\" == from_domain || from_domain == \"b\", 1h)");
        assertThat(added(profile, NOON, null)).containsExactly(1.0, 0.0, 1.0);
    }

    @Test
    void remembersTheFirstAndTheLatestTime() throws Exception {
        KeyedStep profile = opened("first(sent_at)", "last(sent_at)", "first(received_at)");
        assertThat(added(profile, NOON, null)).containsExactly(null, null, NOON);
        assertThat(added(profile, NOON + 1, 50L)).containsExactly(50L, null, NOON);
        assertThat(added(profile, NOON - 1, 40L)).containsExactly(40L, 50L, NOON - 1);
        assertThat(added(profile, NOON, null)).containsExactly(40L, 50L, NOON - 1);
        assertThat(added(profile, NOON, 60L)).containsExactly(40L, 50L, NOON - 1);
        assertThat(added(profile, NOON, 45L)).containsExactly(40L, 60L, NOON - 1);
    }

    @Test
    void countsOnceForAFeatureWrittenTwice() throws Exception {
        KeyedStep profile = opened("count(1h)", "count( 60m )");
        added(profile, NOON, null);
        assertThat(added(profile, NOON, null)).containsExactly(2L, 2L);
        assertThat(added(profile, NOON, null)).containsExactly(3L, 3L);
    }

    @Test
    void keepsKeysApart() throws Exception {
        KeyedStep profile = opened("count(1h)");
        added(profile, NOON, null);
        state.select("acme|1:b");
        assertThat(added(profile, NOON, null)).containsExactly(1L);
    }

    @Test
    void startsANewFeatureEmptyAndKeepsTheOthers() throws Exception {
        KeyedStep before = opened("count(1h)", "first(received_at)");
        added(before, NOON, null);
        KeyedStep after = opened2("count(1h)", "count(1d)");
        assertThat(added(after, NOON + 1, null)).containsExactly(2L, 1L);
    }

    private KeyedStep opened2(String... features) throws Exception {
        KeyedStep step = (KeyedStep) config(features).plan(new Planning(INPUT, (option, message) -> {}));
        step.open(state);
        return step;
    }

    @Test
    void addsItsFieldsWithTheirTypes() throws Exception {
        opened("count(5m)", "first(received_at)", "first(sent_at)", "last(received_at)");
        Schema output = planning.output();
        assertThat(output.getField("f0").schema()).isEqualTo(Schema.create(Schema.Type.LONG));
        assertThat(output.getField("f1").schema()).isEqualTo(TIME);
        assertThat(output.getField("f2").schema().isNullable()).isTrue();
        assertThat(output.getField("f3").schema()).isEqualTo(Schema.createUnion(Schema.create(Schema.Type.NULL), TIME));
    }

    @Test
    void reportsEveryFeatureThatDoesNotFit() {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("a", "sum(size)");
        features.put("b", "count(1)");
        features.put("c", "count(4m)");
        features.put("d", "count(91d)");
        features.put("e", "count(90m)");
        features.put("f", "count(36h)");
        features.put("g", "first(recieved_at)");
        features.put("ratio", "count(1h)");
        features.put("not-a-name", "count(1h)");
        assertThat(new Profile.Config("sender", List.of("ratio", "domain"), features, null).plan(planning))
                .isNull();
        assertThat(problems)
                .containsExactly(
                        "key[0]: field 'ratio' is double, expected a string, integer or boolean",
                        "key[1]: no field 'domain'",
                        "features.a: 'sum(size)' has not what sum takes; expected sum(field, 1d)",
                        "features.b: count(1): expected a duration such as 500ms, 30s, 10m, 24h or 7d, but read '1'",
                        "features.c: count(4m): expected a window of 5m to 90d",
                        "features.d: count(91d): expected a window of 5m to 90d",
                        "features.e: count(90m): a window above 1 hour is counted in whole hours",
                        "features.f: count(36h): a window above 1 day is counted in whole days",
                        "features.g: no field 'recieved_at'; did you mean 'received_at'?",
                        "features.ratio: field 'ratio' is there already; choose another name",
                        "features.not-a-name: 'not-a-name' is no name of a field: letters, digits and _");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        Map<String, String> good = Map.of("a", "count(1h)");
        assertThatThrownBy(() -> new Profile.Config(null, List.of("k"), good, null))
                .hasMessageStartingWith("id ");
        assertThatThrownBy(() -> new Profile.Config("a", List.of(), good, null)).hasMessageStartingWith("key ");
        assertThatThrownBy(() -> new Profile.Config("a", List.of("k"), null, null))
                .hasMessageStartingWith("features ");
    }
}
