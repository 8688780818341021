package io.datamill.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Grammar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsReferenceTest {
    private static final List<Entry> ENTRIES = new Entries(Catalog.STANDARD).all();

    private final StepsReference reference = new StepsReference(Catalog.STANDARD);

    @Test
    void docsAreWhatTheCodeSays() throws Exception {
        assertThat(Files.readString(Path.of("docs/steps.md")))
                .as("docs/steps.md; generate it again: java -jar target/datamill-cli.jar steps --markdown >"
                        + " docs/steps.md")
                .isEqualTo(reference.markdown());
    }

    @Test
    void everythingIsDescribed() {
        assertThat(ENTRIES.stream()
                        .filter(entry -> entry.doc().isEmpty())
                        .map(entry -> entry.noun() + " " + entry.name() + ": "
                                + entry.config().getName()))
                .as("without @VerbDoc")
                .isEmpty();
    }

    @Test
    void everyOptionIsDescribed() {
        List<String> missing = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            OptionRow.of(entry.config()).stream()
                    .filter(row -> !row.option().isDocumented())
                    .forEach(row -> missing.add(entry.noun() + " " + entry.name() + ": " + row.path()));
        }
        for (Class<?> section : List.of(Grammar.FILE, Grammar.INPUT, Grammar.BRANCH, Grammar.SINK)) {
            OptionRow.of(section).stream()
                    .filter(row -> !row.option().isDocumented())
                    .forEach(row -> missing.add(section.getSimpleName() + ": " + row.path()));
        }
        assertThat(missing).as("without @OptionDoc").isEmpty();
    }

    @Test
    void everythingHasAnExample() {
        assertThat(ENTRIES.stream()
                        .filter(entry ->
                                entry.doc().map(doc -> doc.example().isBlank()).orElse(true))
                        .map(entry -> entry.noun() + " " + entry.name()))
                .as("without an example")
                .isEmpty();
    }

    @Test
    void tellsAllOfOneName() {
        assertThat(reference.of("postgres").orElseThrow())
                .startsWith("postgres (sink)\n  Upserts each outcome into a table of Postgres")
                .contains("    table: text; required\n", "\n      rows: whole number; if absent: 500\n")
                .contains("\n  example\n    sink: { postgres: {")
                .doesNotContain("`");
        assertThat(reference.of("kinesis").orElseThrow()).contains("kinesis (source)", "kinesis (sink)");
        assertThat(reference.of("event").orElseThrow()).contains("missing-time: reject | arrival; if absent: reject");
        assertThat(reference.of("nothing")).isEmpty();
    }

    @Test
    void suggestsTheNameThatIsMeant() {
        assertThat(reference.unknown("geoipp")).isEqualTo("no 'geoipp'; did you mean 'geoip'?");
        assertThat(reference.unknown("zzz")).startsWith("no 'zzz'; there is alerts, avro, ");
    }

    @Test
    void listsEveryNameOnce() {
        for (Entry entry : ENTRIES) {
            assertThat(reference.overview().lines().filter(line -> line.startsWith("  " + entry.name() + "  ")))
                    .as(entry.name())
                    .isNotEmpty();
        }
    }
}
