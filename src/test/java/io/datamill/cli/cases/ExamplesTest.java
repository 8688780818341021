package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.cli.reference.StepsReference;
import io.datamill.pipeline.Catalog;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the reference, run as it is shown. */
class ExamplesTest {
    private static CaseRunner runner;

    @BeforeAll
    static void start() {
        runner = new CaseRunner(Catalog.STANDARD);
    }

    @AfterAll
    static void stop() throws Exception {
        runner.close();
    }

    static Stream<Arguments> examples() {
        Map<String, String> examples = new StepsReference(Catalog.STANDARD).examples();
        return examples.entrySet().stream().map(example -> Arguments.of(example.getKey(), example.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void doesWhatItSays(String name, String example) throws Exception {
        assertThat(runner.runExample(example)).as(name).isEmpty();
    }
}
