package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.DatamillJob;
import io.datamill.cli.reference.StepsReference;
import io.datamill.event.KeyedRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.pipeline.YamlConfig;
import io.datamill.source.BoundedSource;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reference stands for is nowhere in the job graph, whatever the example it is in. */
class SecretsTest {
    private static final String CANARY = "canary-in-the-mill";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Z_]+)");
    private static final Set<String> RESOLVED_WHERE_IT_RUNS =
            Set.of("step pseudonymise", "step lookup", "sink postgres", "sink elasticsearch", "section ledger");
    private static final Map<String, String> EXAMPLES = new StepsReference(Catalog.STANDARD).examples();

    static Stream<String> referring() {
        return EXAMPLES.keySet().stream()
                .filter(name -> VARIABLE.matcher(EXAMPLES.get(name)).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("referring")
    void noValueOfAReferenceIsInTheGraph(String name) throws Exception {
        String text = EXAMPLES.get(name);
        Case example = YamlConfig.read(text, Case.class);
        try (Surrounding around = new Surrounding(values(text), example.files())) {
            Plan plan = new Planner(Catalog.STANDARD).plan(CasePipeline.of(example));
            String graph = graph(plan);

            if (RESOLVED_WHERE_IT_RUNS.contains(name)) {
                assertThat(graph.contains("${env:"))
                        .as("the reference as written")
                        .isTrue();
            }
            assertThat(graph.contains(CANARY)).as("its value").isFalse();
            assertThat(graph.contains(System.getProperty("EXAMPLE_DIR")))
                    .as("its value")
                    .isFalse();
        }
    }

    private static Map<String, String> values(String example) {
        Map<String, String> values = new HashMap<>();
        Matcher variables = VARIABLE.matcher(example);
        while (variables.find()) {
            String name = variables.group(1);
            if (name.equals("EXAMPLE_DIR")) {
                continue;
            }
            boolean database = name.startsWith("PG") || name.contains("JDBC") || name.contains("POSTGRES");
            values.put(
                    name,
                    database
                            ? "jdbc:postgresql://localhost/x?user=u&password=" + CANARY
                            : name.endsWith("URL") ? "http://u:" + CANARY + "@localhost" : CANARY);
        }
        return values;
    }

    private static String graph(Plan plan) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        Map<String, DataStream<KeyedRecord>> streams = new LinkedHashMap<>();
        for (Plan.Input input : plan.inputs()) {
            streams.put(
                    input.name(), BoundedSource.attach(env, input.named("records", ": "), List.of(), plan.peek(input)));
        }
        DatamillJob.define(env, plan, streams);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(env.getStreamGraph().getJobGraph());
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
