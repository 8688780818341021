package io.datamill.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Fate;
import io.datamill.event.Reject;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.testing.LocalRuns;
import io.datamill.testing.LocalRuns.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pipelines of several inputs and outputs, as they run. */
class LocalRunTest {
    private static final String TWO = """
            pipeline: two
            inputs:
              web:
                adapter: { json: { fields: { at: timestamp, user: string, page: string } } }
                event: { time: at }
              app:
                adapter: { json: { fields: { at: timestamp, name: string, seconds: int } } }
                event: { time: at }
                steps:
                  - rename: { name: user }
            """;

    @Test
    void mergesInputsByTheNamesOfTheirFields() throws Exception {
        Result result = LocalRuns.run(plan(TWO), two());

        assertThat(result.of(""))
                .containsExactlyInAnyOrder(
                        "{\"at\":\"2026-03-01T10:00:00.000Z\",\"user\":\"ann\",\"page\":\"/\",\"seconds\":null}",
                        "{\"at\":\"2026-03-01T10:00:05.000Z\",\"user\":\"bob\",\"page\":\"/a\",\"seconds\":null}",
                        "{\"at\":\"2026-03-01T10:00:09.000Z\",\"user\":\"ann\",\"page\":null,\"seconds\":7}");
        assertThat(result.rejects())
                .extracting(Reject::cause)
                .extracting("step")
                .containsExactly("inputs.app.adapter");
        assertThat(result.summary().fates()).isEqualTo(Map.of(Fate.IN, 4L, Fate.OUT, 3L, Fate.REJECTED, 1L));
    }

    @Test
    void keepsStateAcrossTheMergedInputs() throws Exception {
        Plan plan = plan(TWO + """
                steps:
                  - profile: { id: user, key: [user], features: { seen: "count(1d)" } }
                """);

        assertThat(LocalRuns.run(plan, two()).outcomes().get(""))
                .extracting(outcome -> outcome.get("user").asText() + outcome.get("seen"))
                .containsExactlyInAnyOrder("ann1", "ann2", "bob1");
    }

    @Test
    void joinsAnInputInsteadOfMergingIt() throws Exception {
        Plan plan = plan(TWO + """
                steps:
                  - join: { id: use, with: app, on: { user: user }, within: 1m, as: app }
                """);

        Result result = LocalRuns.run(plan, two());

        assertThat(result.outcomes().get(""))
                .singleElement()
                .satisfies(outcome ->
                        assertThat(outcome.at("/app/seconds").asInt()).isEqualTo(7));
        assertThat(result.summary().isBalanced()).isTrue();
        assertThat(result.summary().count(Fate.ABSORBED)).isEqualTo(3);
    }

    @Test
    void landsAnInputThatAJoinTakesAsWell() throws Exception {
        Plan plan = plan(TWO + """
                    sinks: [ { kinesis: { stream: s } } ]
                steps:
                  - join: { id: use, with: app, on: { user: user }, within: 1m, as: app }
                """);

        Result result = LocalRuns.run(plan, two());

        assertThat(result.outcomes().get("")).hasSize(1);
        assertThat(result.outcomes().get("app"))
                .singleElement()
                .satisfies(event -> assertThat(event.get("user").asText()).isEqualTo("ann"));
        assertThat(result.summary().isBalanced()).isTrue();
    }

    @Test
    void toldApartByARouteAndABranchOutcomesGoTheirWays() throws Exception {
        Plan plan = plan("""
                pipeline: routed
                adapter: { json: { fields: { n: int } } }
                event: {}
                steps:
                  - route: { routes: { small: "n < 10" }, otherwise: large }
                sinks:
                  - kinesis: { id: small, stream: s, routes: [small], fields: [n] }
                branches:
                  large:
                    when: "route == 'large'"
                    steps:
                      - derive: { twice: "n * 2" }
                    sinks: [ { kinesis: { stream: t } } ]
                """);

        Result result = LocalRuns.run(plan, "{\"n\":1}", "{\"n\":20}");

        assertThat(result.of("")).containsExactly("{\"n\":1,\"route\":\"small\"}", "{\"n\":20,\"route\":\"large\"}");
        assertThat(result.of("large")).containsExactly("{\"n\":20,\"route\":\"large\",\"twice\":40}");
        assertThat(result.summary().fates()).isEqualTo(Map.of(Fate.IN, 2L, Fate.OUT, 2L));
        Plan.Delivery small = plan.trunk().sinks().get(0);
        assertThat(small.when().source()).isEqualTo("(route == 'small')");
        assertThat(small.projection().output().getFields()).extracting("name").containsExactly("n");
    }

    @Test
    void countsEachEventOfARecordOfMany() throws Exception {
        Plan plan = plan("""
                pipeline: many
                adapter: { json: { fields: { n: int } } }
                event: {}
                steps:
                  - filter: "n > 1"
                """);

        Result result = LocalRuns.run(plan, "[{\"n\":1},{\"n\":2},{\"n\":\"x\"},{\"n\":3}]", "{");

        assertThat(result.of("")).containsExactly("{\"n\":2}", "{\"n\":3}");
        assertThat(result.rejects())
                .extracting(reject ->
                        reject.cause().reason() + " " + reject.position().part())
                .containsExactlyInAnyOrder("WRONG_TYPE 2", "MALFORMED_JSON 0");
        assertThat(result.summary().fates())
                .isEqualTo(Map.of(Fate.IN, 5L, Fate.OUT, 2L, Fate.FILTERED, 1L, Fate.REJECTED, 2L));
    }

    @Test
    void refusesInputsThatDoNotFitTogether() {
        assertProblems(
                TWO.replace("seconds: int", "page: int"),
                "inputs.app: field 'page' is int here and string in another input: give both one type or two names,"
                        + " by cast or rename in inputs.app.steps");
        assertProblems(
                TWO.replace("pipeline: two", "pipeline: two\nadapter: { json: { fields: { n: int } } }"),
                "event: the section is missing");
    }

    @Test
    void balancesWhereAJoinHasNoRoomAndItsSidesAreMadeOfParts() throws Exception {
        Plan plan = plan("""
                pipeline: joined
                inputs:
                  orders:
                    adapter: { json: { fields: { id: string, at: timestamp, items: array<string> } } }
                    event: { id: id, time: at }
                    steps: [ { explode: { field: items, as: item } } ]
                  parts:
                    adapter: { json: { fields: { id: string, at: timestamp, item: string?, n: int } } }
                    event: { id: id, time: at }
                    steps: [ { filter: "n > 0" } ]
                steps:
                  - join: { id: with, with: parts, on: { item: item }, within: 1m, as: part, kind: left, keep: 2 }
                  - derive: { each: "part == null ? 0 : 12 / (part.n - 1)" }
                  - profile: { id: by-item, key: [item], features: { seen: "count(1d)" } }
                """);
        String order = "{\"id\":\"o%d\",\"at\":\"2026-03-01T10:00:00Z\",\"items\":%s}";
        String part = "{\"id\":\"p%d\",\"at\":\"2026-03-01T10:00:01Z\",\"item\":%s,\"n\":%d}";

        Result result = LocalRuns.run(
                plan,
                Map.of(
                        "orders",
                        LocalRuns.text(
                                order.formatted(1, "[\"a\",\"b\",\"c\"]"),
                                order.formatted(2, "[]"),
                                order.formatted(3, "[\"c\"]"),
                                order.formatted(4, "[\"c\"]")),
                        "parts",
                        LocalRuns.text(
                                part.formatted(1, "\"a\"", 2),
                                part.formatted(2, "\"a\"", 1),
                                part.formatted(3, "\"b\"", 0),
                                part.formatted(4, "null", 5))));

        assertThat(result.summary().isBalanced()).isTrue();
        // Parts: o1~0 with p1 (12 / 1) and p2 (12 / 0: rejected); o1~1, o1~2 and o3~0 alone; of c, o4~0 has no room.
        assertThat(result.outcomes().get(""))
                .extracting(outcome -> outcome.get("item").asText() + outcome.get("each") + outcome.get("seen"))
                .containsExactlyInAnyOrder("a121", "b01", "c01", "c02");
        assertThat(result.rejects())
                .extracting(reject -> reject.cause().reason())
                .containsExactlyInAnyOrder("EXPRESSION", "TOO_MANY_MATCHES");
    }

    @Test
    void refusesToJoinEventsOfTenantsWithEventsOfNone() {
        String join = "steps:\n  - join: { id: use, with: app, on: { user: user }, within: 1m, as: app }\n";

        assertProblems(
                TWO.replaceFirst("event: \\{ time: at }", "event: { time: at, tenant: user }") + join,
                "inputs.app.event.tenant: is missing, but given for the stream that is joined: no two events would"
                        + " meet");
    }

    @Test
    void saysWhichStepTookAFieldAway() {
        assertProblems(TWO + """
                steps:
                  - drop: [page]
                  - filter: "page != null"
                """, "steps[1].filter: column 1: no field 'page'; it was there until steps[0].drop");
    }

    private static void assertProblems(String yaml, String... problems) {
        assertThatThrownBy(() -> plan(yaml))
                .isInstanceOfSatisfying(
                        InvalidPipelineException.class,
                        e -> assertThat(e.problems())
                                .extracting(Object::toString)
                                .containsExactly(problems));
    }

    private static Plan plan(String yaml) throws InvalidPipelineException {
        return new Planner(Catalog.STANDARD).trial().plan(yaml);
    }

    private static Map<String, List<byte[]>> two() {
        return Map.of(
                "web",
                LocalRuns.text(
                        "{\"at\":\"2026-03-01T10:00:00Z\",\"user\":\"ann\",\"page\":\"/\"}",
                        "{\"at\":\"2026-03-01T10:00:05Z\",\"user\":\"bob\",\"page\":\"/a\"}"),
                "app",
                LocalRuns.text(
                        "{\"at\":\"2026-03-01T10:00:09Z\",\"name\":\"ann\",\"seconds\":7}",
                        "{\"at\":\"2026-03-01T10:00:09Z\",\"name\":\"ann\"}"));
    }
}
