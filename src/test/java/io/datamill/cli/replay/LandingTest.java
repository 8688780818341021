package io.datamill.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import org.junit.jupiter.api.Test;

class LandingTest {
    private static final String GROUP =
            "{ group: { id: g, key: [page], window: { tumbling: 1m }, aggregates: { events: count } } }";

    @Test
    void aStreamGetsWhatNobodyHasBeenToldOfAndNothingOfARange() throws Exception {
        Plan plan = plan("[]", "{ kinesis: { stream: told } }");

        assertThat(Landing.of(plan, true).plan().trunk().sinks()).hasSize(2);
        assertThat(Landing.of(plan, true).notes()).isEmpty();
        assertThat(Landing.of(plan, false).plan().trunk().sinks())
                .extracting(Plan.Delivery::id)
                .containsExactly("s3");
        assertThat(Landing.of(plan, false).notes())
                .containsExactly("sinks[1].kinesis gets nothing: each message of a range would be one more");
    }

    @Test
    void leavesOutWhatABranchMakesOfWindows() throws Exception {
        Landing landing = Landing.of(
                plan("[]\nbranches: { minutes: { steps: [ " + GROUP + " ], sinks: [ { s3: { path: q } } ] } }", null),
                true);

        assertThat(landing.plan().branches().get(0).flow().sinks()).isEmpty();
        assertThat(landing.plan().trunk().sinks()).hasSize(1);
        assertThat(landing.notes())
                .containsExactly("branches.minutes.sinks[0].s3 gets nothing: branches.minutes.steps[0].group sums up"
                        + " windows, of which a replay has only a part");
    }

    @Test
    void aPipelineWhoseOutcomesAreWindowsCannotBeReplayed() {
        assertThatThrownBy(() -> Landing.of(plan("[ " + GROUP + " ]", null), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("steps[0].group sums up windows");
    }

    private static Plan plan(String steps, String sink) throws Exception {
        return new Planner(Catalog.STANDARD).plan("""
                pipeline: test
                source: { kinesis: { stream: s, start: latest } }
                adapter: { json: { fields: { id: string, at: timestamp, page: string } } }
                event: { id: id, time: at }
                sinks: [ { s3: { path: p } }%s ]
                rejects: { s3: { path: r } }
                ledger: { url: u }
                %s""".formatted(
                        sink == null ? "" : ", " + sink,
                        steps.startsWith("[]") ? steps.substring(2).strip() : "steps: " + steps));
    }
}
