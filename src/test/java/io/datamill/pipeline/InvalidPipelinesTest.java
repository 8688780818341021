package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pipelines that are wrong, as many mistakes in each as fit together, and beside each the lines that tell them all. What
 * is wrong in an adapter or a verb needs neither source nor sink: those files are only tried.
 */
class InvalidPipelinesTest {
    private static final Pattern PLACE = Pattern.compile("^\\d+:\\d+: (?:\\S*?[.\\]])?([a-z-]+): ");
    private static final Path FOLDER = Path.of("src/test/resources/pipelines/invalid");

    @ParameterizedTest
    @MethodSource("files")
    void tellsEveryMistakeOfAFile(String name) throws Exception {
        Path file = FOLDER.resolve(name + ".yaml");
        Planner planner = new Planner(Catalog.STANDARD);
        boolean tried = name.startsWith("adapters/") || name.startsWith("verbs/");

        InvalidPipelineException e = catchThrowableOfType(
                InvalidPipelineException.class, () -> (tried ? planner.trial() : planner).plan(file));

        assertThat(e).as("accepted").isNotNull();
        assertThat(e.getMessage().lines()).containsExactlyElementsOf(Files.readAllLines(FOLDER.resolve(name + ".txt")));
    }

    @Test
    void thereIsAFileForEveryAdapterVerbSinkAndStoreOfRejects() throws Exception {
        assertThat(named("adapters")).isEqualTo(Catalog.STANDARD.adapters().keySet());
        assertThat(named("verbs")).isEqualTo(Catalog.STANDARD.verbs().keySet());
        assertThat(named("sinks")).isEqualTo(Catalog.STANDARD.sinks().keySet());
        assertThat(named("rejects")).isEqualTo(Catalog.STANDARD.rejects().keySet());
    }

    /** A file counts only if a mistake is told of what it is named after. */
    private static Set<String> named(String folder) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : files()) {
            String name = file.substring(file.indexOf('/') + 1);
            if (file.startsWith(folder + '/')
                    && Files.readString(FOLDER.resolve(file + ".txt"))
                            .lines()
                            .anyMatch(line -> line.matches(".*[.\\]]\\Q" + name + "\\E[.\\[:].*")
                                    || line.contains(": rejects." + name + '.'))) {
                names.add(name);
            }
        }
        return names;
    }

    @Test
    void thereIsAFileForEveryMessage() throws Exception {
        String told = told();
        Messages messages = Messages.inSources(Path.of("src/main/java/io/datamill"));

        assertThat(messages.fragments().stream().filter(fragment -> !told.contains(fragment)))
                .as("in no file: write one, or say in Messages why there can be none")
                .containsExactlyInAnyOrderElementsOf(Messages.NOT_FROM_A_FILE.values().stream()
                        .flatMap(List::stream)
                        .toList());
        assertThat(messages.silent()).isEqualTo(Messages.HANDED_ON);
    }

    /** Every line as it is, and as the code has it where it says the option first: {@code within is missing}. */
    private static String told() throws IOException {
        StringBuilder told = new StringBuilder();
        for (String file : files()) {
            for (String line : Files.readAllLines(FOLDER.resolve(file + ".txt"))) {
                told.append(line).append('\n');
                told.append(PLACE.matcher(line).replaceFirst("$1 ")).append('\n');
            }
        }
        return told.toString();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.map(FOLDER::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replaceFirst("\\.yaml$", ""))
                    .sorted()
                    .toList();
        }
    }
}
