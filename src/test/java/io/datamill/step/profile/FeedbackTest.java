package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.Fate;
import io.datamill.operator.EventOperator;
import io.datamill.operator.JoinOperator;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.step.JoinStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.KeyedRunner;
import io.datamill.testing.LocalRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeedbackTest {
    private static final Schema MAILS = KeyedRunner.schema("sender string");
    private static final Schema LABELS =
            KeyedRunner.schema("sender string", "verdict string?", "mail string", "at timestamp?");
    private static final long NOON = Events.ARRIVAL;
    private static final long DAY = Duration.ofDays(1).toMillis();

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void countsTheLabelsOfEarlierEventsOfTheKey(StateBackend backend) throws Exception {
        try (var profile = harness(backend, null)) {
            assertThat(mail(profile, 1, NOON)).containsExactly(1L, 0L, 0L);
            label(profile, "id-1", "bad", NOON);
            assertThat(mail(profile, 2, NOON + 1)).containsExactly(2L, 1L, 0L);
            label(profile, "id-2", "bad", NOON + 1);
            label(profile, "id-1", "good", NOON); // In the place of the first.
            label(profile, "id-2", "bad", NOON + 1); // The same again.
            assertThat(mail(profile, 3, NOON + 2)).containsExactly(3L, 1L, 1L);
            assertThat(mail(profile, 2, NOON + 3)).as("not its own").containsExactly(4L, 0L, 1L);
            label(profile, "id-3", "odd", NOON + 2);
            label(profile, "id-9", null, NOON);
            label(profile, "id-9", "bad", null);
            assertThat(mail(profile, 4, NOON + 6 * DAY)).containsExactly(5L, 1L, 1L);
            assertThat(mail(profile, 5, NOON + 7 * DAY)).as("the window").containsExactly(2L, 0L, 1L);
            assertThat(mail(profile, 6, NOON - DAY)).as("as of its own time").containsExactly(1L, 0L, 0L);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keepsLabelsUnderASavepoint(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(backend, null)) {
            mail(before, 1, NOON);
            label(before, "id-1", "bad", NOON);
            savepoint = before.snapshot(1, 1);
            label(before, "id-7", "bad", NOON); // After the savepoint: must be forgotten.
        }
        try (var after = harness(backend, savepoint)) {
            label(after, "id-1", "bad", NOON);
            assertThat(mail(after, 2, NOON)).containsExactly(2L, 1L, 0L);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void goesOnFromAProfileWithoutFeedback(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        Profile.Config plain = new Profile.Config("p", List.of("sender"), Map.of("n", "count(7d)"), null);
        try (var before = KeyedRunner.harness(MAILS, plain, backend)) {
            before.open();
            before.processElement(KeyedRunner.event(1, NOON, "a"), NOON);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = harness(backend, savepoint)) {
            assertThat(mail(after, 2, NOON)).containsExactly(2L, 0L, 0L);
        }
    }

    @Test
    void keepsTheLatestLabelsOfAKey() throws Exception {
        try (var profile = harness(new HashMapStateBackend(), null)) {
            for (int i = 0; i < 150; i++) {
                label(profile, "id-" + i, "bad", NOON + 150 - i);
            }
            assertThat(mail(profile, 1000, NOON + 200)).containsExactly(1L, 100L, 0L);
            label(profile, "id-0", "good", NOON + 150);
            assertThat(mail(profile, 1001, NOON + 200))
                    .as("the latest were kept")
                    .containsExactly(2L, 99L, 1L);
        }
    }

    @Test
    void correctsTheProfileInAJob() throws Exception {
        Plan plan = new Planner(Catalog.STANDARD).trial().plan("""
                pipeline: mails
                inputs:
                  mails:
                    adapter: { json: { fields: { at: timestamp, id: string, sender: string } } }
                    event: { id: id, time: at }
                  labels:
                    adapter: { json: { fields: { at: timestamp, mail: string, sender: string, bad: boolean } } }
                    event: { time: at }
                steps:
                  - profile:
                      id: sender
                      key: [sender]
                      feedback: { input: labels, label: bad, event: mail }
                      features: { n: "count(1h)", bad: "labelled(true, 90d)" }
                  - profile: { id: again, key: [sender], features: { m: "count(1h)" } }
                """);
        List<String> mails = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String at = "2026-03-01T11:%02d:%02d.000Z".formatted(i / 60, i % 60);
            mails.add("{\"at\":\"%s\",\"id\":\"m%d\",\"sender\":\"s%d\"}".formatted(at, i, i % 2));
            if (i % 100 < 10) {
                labels.add("{\"at\":\"2026-03-01T11:00:00.000Z\",\"mail\":\"x%d\",\"sender\":\"s%d\",\"bad\":%b}"
                        .formatted(i, i % 2, i % 4 < 2));
            }
        }

        LocalRuns.Result result = LocalRuns.run(
                plan,
                Map.of(
                        "mails", LocalRuns.text(mails.toArray(String[]::new)),
                        "labels", LocalRuns.text(labels.toArray(String[]::new))));

        assertThat(result.rejects()).isEmpty();
        assertThat(result.outcomes().get("")).hasSize(400);
        // Which of two inputs comes first is open: only that nothing is lost and labels are not unlearnt is not.
        for (int sender = 0; sender < 2; sender++) {
            String name = "s" + sender;
            List<JsonNode> of = result.outcomes().get("").stream()
                    .filter(outcome -> outcome.get("sender").asText().equals(name))
                    .toList();
            assertThat(of)
                    .extracting(outcome -> outcome.get("n").asInt())
                    .isSorted()
                    .endsWith(200);
            assertThat(of)
                    .extracting(outcome -> outcome.get("m").asInt())
                    .isSorted()
                    .endsWith(200);
            assertThat(of)
                    .extracting(outcome -> outcome.get("bad").asInt())
                    .isSorted()
                    .allSatisfy(bad -> assertThat(bad).isBetween(0, 12));
        }
        assertThat(result.summary().isBalanced()).isTrue();
        assertThat(result.summary().count(Fate.OUT)).isEqualTo(400);
    }

    private static List<Object> mail(
            KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> to, int number, long time)
            throws Exception {
        to.processElement1(record(number, time, "a"));
        Event event = to.extractOutputValues().get(0);
        to.getOutput().clear();
        assertThat(event.header().id()).isEqualTo("id-" + number);
        assertThat(event.header().time()).isEqualTo(time);
        return Arrays.asList(event.values()).subList(1, 4);
    }

    private static void label(
            KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> to,
            String mail,
            String verdict,
            Long time)
            throws Exception {
        to.processElement2(record(0, NOON + 5, "a", verdict, mail, time));
        assertThat(to.getOutput()).isEmpty();
    }

    private static StreamRecord<Event> record(int number, long time, Object... values) {
        Event event = KeyedRunner.event(number, time, values);
        return new StreamRecord<>(new Event(event.header(), "acme|1:a", event.values()), time);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> harness(
            StateBackend backend, OperatorSubtaskState from) throws Exception {
        Map<String, String> features = new LinkedHashMap<>();
        features.put("n", "count(7d)");
        features.put("bad", "labelled('bad', 7d)");
        features.put("good", "labelled(good, 90d)");
        Feedback feedback = new Feedback("labels", "verdict", "mail", "at");
        Profile.Config config = new Profile.Config("p", List.of("sender"), features, feedback);
        var surroundings = new Planning.Surroundings(Map.of("labels", LABELS), true, true);
        Planning planning = new Planning(MAILS, surroundings, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        JoinStep step = (JoinStep) config.plan(planning);
        PlannedStep planned = new PlannedStep("steps[0].profile", config.stage(), planning.output(), step);
        var harness = new KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event>(
                new JoinOperator(
                        new PipelineVersion("p", "0", 0), planned, MAILS, LABELS, EventOperator.Counting.LOSSES),
                Event::key,
                Event::key,
                Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(new EventSerializer(planning.output()));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }
}
