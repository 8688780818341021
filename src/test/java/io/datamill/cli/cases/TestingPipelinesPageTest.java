package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that docs/testing-pipelines.md shows do what it says. */
class TestingPipelinesPageTest {
    private static final Path PAGE = Path.of("docs/testing-pipelines.md");
    private static final Pattern FILE = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void itsCasesHold() throws Exception {
        Matcher files = FILE.matcher(Files.readString(PAGE));
        while (files.find()) {
            Files.writeString(folder.resolve(files.group(1)), files.group(2));
        }
        try (CaseRunner runner = new CaseRunner(Catalog.STANDARD)) {
            assertThat(runner.run(folder.resolve("edits-test.yaml")))
                    .hasSize(4)
                    .allSatisfy(result -> assertThat(result.failures()).as(result.name()).isEmpty());
        }
    }

    @Test
    void itTellsEveryOption() throws Exception {
        String page = Files.readString(PAGE);
        for (Class<?> record : new Class<?>[] {CaseFile.class, Case.class, Case.Input.class}) {
            assertThat(Option.of(record)).allSatisfy(option -> assertThat(page).contains('`' + option.name() + '`'));
        }
    }
}
