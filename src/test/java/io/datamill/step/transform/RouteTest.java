package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import org.junit.jupiter.api.Test;

class RouteTest {
    private static final String FIELDS = "{ score: double, n: long? }";

    @Test
    void theFirstThatIsTrueChooses() throws Exception {
        YamlStep step = new YamlStep(
                "{ route: { routes: { low: \"score < 0.5\", lower: \"score < 0.2\" }, otherwise: high } }", FIELDS);

        assertThat(step.output()).isEqualTo("{score: double, n: long?, route: enum(low,lower,high)}");
        assertThat(step.run("{ score: 0.1, n: null }")).isEqualTo("{score: 0.1, n: null, route: low}");
        assertThat(step.run("{ score: 0.7, n: null }")).isEqualTo("{score: 0.7, n: null, route: high}");
    }

    @Test
    void theRestMayGoOneOfTheRoutes() throws Exception {
        YamlStep step =
                new YamlStep("{ route: { routes: { a: \"score < 0.5\", b: \"n == 1\" }, otherwise: a } }", FIELDS);

        assertThat(step.output()).endsWith("route: enum(a,b)}");
        assertThat(step.run("{ score: 0.7, n: 2 }")).endsWith("route: a}");
        assertThat(step.run("{ score: 0.7, n: 1 }")).endsWith("route: b}");
    }

    @Test
    void rejectsAnEventForWhichAnExpressionHasNoValue() throws Exception {
        assertThat(new YamlStep("{ route: { routes: { a: \"1 / int(score) > 1\" } } }", FIELDS)
                        .run("{ score: 0, n: 1 }"))
                .startsWith("reject EXPRESSION: division by zero");
    }

    @Test
    void tellsWhatDoesNotFit() throws Exception {
        assertThat(new YamlStep("{ route: { routes: { a: \"scor < 1\", b: \"n\" } } }", FIELDS).problems())
                .containsExactly(
                        "routes.a: column 1: no field 'scor'; did you mean 'score'?",
                        "routes.b: gives int or null, but bool is needed");
        assertThat(new YamlStep("{ route: { routes: { a-b: \"score < 1\" } } }", FIELDS).problems())
                .containsExactly(
                        "route.routes: 'a-b' is no name for a route: letters, digits and _, no digit in front");
        assertThat(new YamlStep("{ route: { routes: { a: \"score < 1\" } } }", "{ score: double, route: string }")
                        .problems())
                .containsExactly(": field 'route' is there already; choose another name");
    }
}
