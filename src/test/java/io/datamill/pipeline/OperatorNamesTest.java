package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorNamesTest {
    private static final String YAML = """
            pipeline: names
            inputs:
              INPUT: { adapter: { json: { fields: { n: int } } }, event: {} }
            steps:
              - filter: "n > 1"
            sinks:
              - kinesis: { id: SINK, stream: s, when: "n > 2" }
            branches:
              BRANCH: { when: "n > 3", sinks: [ { kinesis: { id: OTHER, stream: s } } ] }
            """;

    /** Each pair is of two operators of one uid, which Flink refuses with no word of where it comes from. */
    @ParameterizedTest
    @CsvSource({
        "step,      a, b, c, inputs.step",
        "transform, transform-join, b, c, sinks[0].kinesis.id",
        "same,      a, same, c, branches.same",
        "x,         b-c, b, c, branches.b.sinks[0].kinesis.id",
        "x,         b, b, c, sinks[0].kinesis.id",
        "x,         source-x, b, c, sinks[0].kinesis.id",
        "x,         adapter, b, c, sinks[0].kinesis.id",
        "x,         x-transform-2, b, c, sinks[0].kinesis.id",
        "x,         rejects, b, c, sinks[0].kinesis.id",
        "x,         rejects-s3, b, c, sinks[0].kinesis.id",
        "x,         ledger-totals, b, c, sinks[0].kinesis.id",
        "x,         step-a, b, c, sinks[0].kinesis.id",
        "x,         transform, b, c, sinks[0].kinesis.id",
        "rejects,   a, b, c, inputs.rejects",
        "source,    a, adapter, c, ''",
    })
    void refusesNamesThatMeet(String input, String sink, String branch, String other, String path) {
        String yaml = YAML.replace("INPUT", input)
                .replace("SINK", sink)
                .replace("BRANCH", branch)
                .replace("OTHER", other);
        if (path.isEmpty()) {
            assertThatCode(() -> trial(yaml)).doesNotThrowAnyException();
            return;
        }

        InvalidPipelineException refused = catchThrowableOfType(InvalidPipelineException.class, () -> trial(yaml));

        assertThat(refused.problems()).extracting(Problem::path).contains(path);
    }

    @Test
    void namesThatAreDistinctAreTaken() {
        assertThatCode(() -> trial(YAML.replace("INPUT", "orders")
                        .replace("SINK", "orders-lake")
                        .replace("BRANCH", "late")
                        .replace("OTHER", "lake-2")))
                .doesNotThrowAnyException();
    }

    private static Plan trial(String yaml) throws InvalidPipelineException {
        return new Planner(Catalog.STANDARD).trial().plan(yaml);
    }
}
