package io.datamill.cli.local;

import io.datamill.pipeline.Plan;
import io.datamill.source.FileRecords;
import io.datamill.source.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that stand for a pipeline's streams: {@code PATH}, or {@code NAME=PATH} where it has several inputs. */
public final class InputFiles {
    private InputFiles() {}

    /**
     * The records of each input.
     *
     * @param written files, or directories of which every file is read, in the order of their names
     * @throws IllegalArgumentException if an input has no file, or a name is not that of an input
     * @throws NoSuchFileException if a path is not there
     */
    public static Map<String, List<Records>> of(Plan plan, List<String> written) throws IOException {
        Map<String, List<Records>> files = new LinkedHashMap<>();
        for (String one : written) {
            Plan.Input input = input(plan, one);
            String path = one.startsWith(input.name() + '=') && !input.name().isEmpty()
                    ? one.substring(input.name().length() + 1)
                    : one;
            files.computeIfAbsent(input.name(), name -> new ArrayList<>()).addAll(records(path, input));
        }
        for (Plan.Input input : plan.inputs()) {
            // What stands beside the one without a name may be silent.
            boolean beside = input.joined() && unnamed(plan).isPresent();
            if (!files.containsKey(input.name()) && !beside) {
                throw new IllegalArgumentException(
                        "no file for input '" + input.name() + "': give --input " + input.name() + "=PATH");
            }
        }
        return files;
    }

    private static Plan.Input input(Plan plan, String written) {
        if (plan.inputs().size() == 1) {
            return plan.input();
        }
        return plan.inputs().stream()
                .filter(input -> !input.name().isEmpty() && written.startsWith(input.name() + '='))
                .findFirst()
                .or(() -> unnamed(plan))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--input " + written + ": expected NAME=PATH, where NAME is one of "
                                + plan.inputs().stream().map(Plan.Input::name).collect(Collectors.joining(", "))));
    }

    private static Optional<Plan.Input> unnamed(Plan plan) {
        return plan.inputs().stream().filter(input -> input.name().isEmpty()).findFirst();
    }

    private static List<Records> records(String written, Plan.Input input) throws IOException {
        if (written.isEmpty()) {
            throw new IllegalArgumentException("--input " + input.named("", "") + "=: the path is missing");
        }
        Path path = Path.of(written);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(written, null, "no such file");
        }
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            List<Records> records = new ArrayList<>();
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> records.add(
                            new FileRecords(file.toString(), input.adapter().framing())));
            if (records.isEmpty()) {
                throw new NoSuchFileException(written, null, "a directory without files");
            }
            return records;
        }
    }
}
