package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutedSinksTest {
    private static final String ROUTE = """
            steps:
              - route: { routes: { big: "size_bytes > 1000", odd: "url_count > 5" }, otherwise: plain }
            """;

    @Test
    void aSinkGetsTheRoutesItNamesUnderItsOwnCondition() throws Exception {
        Plan plan = planned(ROUTE + """
                sinks:
                  - kinesis: { stream: a, routes: [big, odd] }
                  - kinesis: { stream: b, routes: [plain], when: "hop_count > 1" }
                  - kinesis: { stream: c }
                """);

        assertThat(plan.trunk().sinks())
                .extracting(sink -> sink.when() == null ? null : sink.when().source())
                .containsExactly(
                        "(route == 'big' || route == 'odd')", "(route == 'plain') && (hop_count > 1)", null);
    }

    @Test
    void tellsARouteThatIsNotThereAndRoutesWithoutTheStep() {
        assertThat(problems(ROUTE + "sinks:\n  - kinesis: { stream: a, routes: [big, plane] }\n"))
                .containsExactly("sinks[0].kinesis.routes[1]: no route 'plane'; there is big, odd, plain");
        assertThat(problems("sinks:\n  - kinesis: { stream: a, routes: [big] }\n"))
                .containsExactly("sinks[0].kinesis.routes: no step 'route' stands before this sink,"
                        + " which gives the routes their names");
    }

    @Test
    void tellsAMistakeInAStepAndNotWhatFollowsFromIt() {
        assertThat(problems("""
                steps:
                  - rename: { from_nam: name, spf: sender_policy }
                  - derive: { long_name: "name != null && sender_policy != null" }
                  - route: { routes: { big: "size_byte > 1000" } }
                sinks:
                  - kinesis: { stream: a, routes: [big], when: "long_name" }
                """))
                .containsExactly(
                        "steps[0].rename.from_nam: no field 'from_nam'; did you mean 'from_name'?",
                        "steps[2].route.routes.big: column 1: no field 'size_byte'; did you mean 'size_bytes'?");
    }

    private static Plan planned(String rest) throws InvalidPipelineException {
        return new Planner(TestCatalog.CATALOG)
                .plan(TestCatalog.HEAD + rest + "rejects: { s3: { path: \"s3://lake/rejects\" } }\nledger: { url: u }\n");
    }

    private static List<String> problems(String rest) {
        return catchThrowableOfType(InvalidPipelineException.class, () -> planned(rest)).problems().stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }
}
