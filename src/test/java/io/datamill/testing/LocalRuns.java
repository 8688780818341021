package io.datamill.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.datamill.cli.local.JsonLines;
import io.datamill.cli.local.LocalOutput;
import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalSummary;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import io.datamill.source.GivenRecords;
import io.datamill.source.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What a plan makes of given records, on a Flink of this process. */
public final class LocalRuns {
    /** Numbers stay as they are written. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private LocalRuns() {}

    /**
     * What came of it.
     *
     * @param outcomes of each branch, by its name; the trunk's name is empty
     */
    public record Result(Map<String, List<JsonNode>> outcomes, List<Reject> rejects, LocalSummary summary) {
        /** The outcomes of the trunk, or of a branch, as JSON. */
        public List<String> of(String branch) {
            return outcomes.getOrDefault(branch, List.of()).stream()
                    .map(JsonNode::toString)
                    .toList();
        }
    }

    /** Records of text for the only input. */
    public static Result run(Plan plan, String... records) throws Exception {
        return run(plan, Map.of("", text(records)));
    }

    public static Result run(Plan plan, Map<String, List<byte[]>> records) throws Exception {
        return run(plan, records, Events.ARRIVAL);
    }

    /** @param arrival of all records, milliseconds since the epoch */
    public static Result run(Plan plan, Map<String, List<byte[]>> records, long arrival) throws Exception {
        try (LocalRun run = LocalRun.start()) {
            return run(run, plan, records, arrival);
        }
    }

    /** One of several on the same Flink. */
    public static Result run(LocalRun run, Plan plan, Map<String, List<byte[]>> records, long arrival)
            throws Exception {
        Map<String, List<Records>> given = new HashMap<>();
        records.forEach((input, data) -> given.put(input, List.of(new GivenRecords("given", arrival, data))));
        Collected collected = new Collected(plan);
        LocalSummary summary = run.run(plan, given, collected);
        return new Result(collected.outcomes, collected.rejects, summary);
    }

    public static List<byte[]> text(String... records) {
        return Arrays.stream(records)
                .map(record -> record.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static final class Collected implements LocalOutput {
        private final Map<String, JsonLines> lines = new HashMap<>();
        private final Map<String, List<JsonNode>> outcomes = new HashMap<>();
        private final List<Reject> rejects = new ArrayList<>();

        Collected(Plan plan) {
            plan.ends().forEach((name, flow) -> add(name, flow.output()));
        }

        private void add(String branch, Schema schema) {
            lines.put(branch, new JsonLines(schema));
        }

        @Override
        public void outcome(String branch, Event event) {
            try {
                JsonNode outcome = JSON.readTree(lines.get(branch).outcome(event));
                outcomes.computeIfAbsent(branch, b -> new ArrayList<>()).add(outcome);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }
    }
}
