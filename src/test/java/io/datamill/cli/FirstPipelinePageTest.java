package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/first-pipeline.md shows is what a reader sees who follows it: its files are written and its commands run in
 * their order, and where it shows what they print, they print that. {@code ...} stands for anything.
 */
class FirstPipelinePageTest {
    private static final Pattern BLOCK = Pattern.compile("```(yaml|console)\n(.*?)```", Pattern.DOTALL);
    private static final String COMMAND = "$ ";
    private static final String HERE = "cat > ";

    @TempDir
    private Path folder;

    private int commands;

    @Test
    void aReaderSeesWhatItShows() throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("docs/first-pipeline.md")));
        while (blocks.find()) {
            Deque<String> lines = new ArrayDeque<>(blocks.group(2).lines().toList());
            if (blocks.group(1).equals("yaml")) {
                String name = lines.getFirst().substring("# ".length());
                Files.writeString(folder.resolve(name), blocks.group(2));
            } else {
                while (!lines.isEmpty()) {
                    command(lines);
                }
            }
        }
        assertThat(commands).isGreaterThan(12);
    }

    /** One command and what is shown of its output. */
    private void command(Deque<String> lines) throws IOException {
        String line = lines.removeFirst();
        assertThat(line).startsWith(COMMAND);
        String command = line.substring(COMMAND.length());
        commands++;
        if (command.startsWith(HERE)) {
            StringBuilder text = new StringBuilder();
            while (!lines.getFirst().equals("END")) {
                text.append(lines.removeFirst()).append('\n');
            }
            lines.removeFirst();
            Files.writeString(folder.resolve(command.substring(HERE.length()).split(" ", -1)[0]), text);
            return;
        }
        StringBuilder shown = new StringBuilder();
        while (!lines.isEmpty() && !lines.getFirst().startsWith(COMMAND)) {
            shown.append(lines.removeFirst()).append('\n');
        }
        String printed = run(command);
        if (!shown.isEmpty()) {
            assertThat(printed).as(command).matches(pattern(shown.toString()));
        }
    }

    private String run(String command) throws IOException {
        List<String> words = Arrays.asList(command.split(" ", -1));
        return switch (words.get(0)) {
            case "cat" -> Files.readString(folder.resolve(words.get(1)));
            case "sed" -> {
                Path file = folder.resolve(words.get(3));
                String[] parts = words.get(2).split("/", -1);
                Files.writeString(file, Files.readString(file).replaceFirst(parts[1], parts[2]));
                yield "";
            }
            case "datamill" -> datamill(words.subList(1, words.size()));
            default -> throw new AssertionError("the page has a command that this test does not know: " + command);
        };
    }

    /** Files are named from the folder; the folder is taken out of what is printed. */
    private String datamill(List<String> words) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int redirected = words.indexOf(">");
        String[] args = (redirected < 0 ? words : words.subList(0, redirected))
                .stream()
                        .map(word -> word.matches("[a-z-]+\\.[a-z]+")
                                ? folder.resolve(word).toString()
                                : word)
                        .toArray(String[]::new);
        int status = Datamill.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        assertThat(status).as("%s %s", words, err).isLessThan(2);
        String printed = out.toString().replace(folder + "/", "");
        if (redirected >= 0) {
            Files.writeString(folder.resolve(words.get(redirected + 1)), printed);
            printed = "";
        }
        return printed + err.toString().replace(folder + "/", "");
    }

    private static Pattern pattern(String shown) {
        String regex =
                Arrays.stream(shown.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
