package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.event.TextSerializer;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import io.datamill.testing.KeyedRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds that the documentation gives. */
class ProfileSizeTest {
    private static final Schema INPUT =
            KeyedRunner.schema("sender string", "size int", "ratio double", "site string", "at timestamp");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([0-9,]+) \\| ([0-9,]+) \\|");

    static Stream<Arguments> documented() throws IOException {
        return ROW
                .matcher(Files.readString(Path.of("docs/profiles.md")))
                .results()
                .map(row -> Arguments.of(row.group(1), number(row, 2), number(row, 3)))
                .toList()
                .stream();
    }

    private static int number(MatchResult row, int group) {
        return Integer.parseInt(row.group(group).replace(",", ""));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void isReachedButNotPassed(String feature, int inProfile, int apart) throws Exception {
        InMemoryState state = filled(feature);
        int profile = profileSize(state);
        int kept = apartSize(state);
        assertThat(profile).as("profile").isBetween(inProfile * 95 / 100, inProfile);
        assertThat(kept).as("apart").isBetween(apart * 95 / 100, apart);
    }

    @Test
    void isGivenForEveryFeature() throws IOException {
        List<String> functions = documented()
                .map(row -> ((String) row.get()[0]).replaceAll("\\(.*", ""))
                .distinct()
                .toList();
        assertThat(functions)
                .contains("count", "rate", "share", "sum", "avg", "min", "ewma", "first", "last", "distinct", "top");
    }

    /** With more slots and values than there is room for. */
    private static InMemoryState filled(String feature) throws Exception {
        Profile.Config config = new Profile.Config("p", List.of("sender"), Map.of("f", feature), null);
        KeyedStep profile = (KeyedStep) config.plan(new Planning(INPUT, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        }));
        InMemoryState state = new InMemoryState();
        profile.open(state);
        state.select("acme|1:a");
        boolean sketch = feature.startsWith("distinct") || feature.startsWith("top");
        long step = feature.endsWith("m)") || feature.endsWith("1h)") ? 60_000 : 3_600_000;
        if (feature.startsWith("ewma") || feature.endsWith("0d)") || feature.endsWith("7d)")) {
            step = Duration.ofDays(1).toMillis();
        }
        int values = feature.startsWith("distinct") ? 2000 : feature.contains("10") ? 80 : 24;
        for (int i = 0; i < (sketch ? 60 : 220); i++) {
            for (int n = 0; n < (sketch ? values : 1); n++) {
                profile.apply(event(i, Events.ARRIVAL + i * step, n));
            }
        }
        return state;
    }

    private static Event event(int i, long time, int n) {
        String site = "\u4e2d".repeat(80);
        return KeyedRunner.event(i, time, "a", i, i / 3.0, n + site, time);
    }

    private static int profileSize(InMemoryState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        ProfileState held = state.getState(new ValueStateDescriptor<>("profile", ProfileStateSerializer.INSTANCE))
                .value();
        ProfileStateSerializer.INSTANCE.serialize(held, out);
        return out.length();
    }

    private static int apartSize(InMemoryState state) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        for (Map.Entry<String, Sketch> entry : Sketched.apart(state).entries()) {
            TextSerializer.INSTANCE.serialize(entry.getKey(), out);
            SketchSerializer.INSTANCE.serialize(entry.getValue(), out);
        }
        return out.length();
    }
}
