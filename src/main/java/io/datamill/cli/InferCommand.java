package io.datamill.cli;

import io.datamill.cli.infer.BadSampleException;
import io.datamill.cli.infer.Format;
import io.datamill.cli.infer.Inference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From an unknown file to the types of its fields. Exit status: 0, or 1 where a sample cannot be read. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        description = "Proposes a schema for samples of JSON, CSV, TSV or Avro: the types of the fields, what may be null,"
                + " enums, the formats of times. What each guess holds for is told on standard error.",
        footer = {
            "",
            "For example, from a file that nobody has seen before to a pipeline that can be tried:",
            "  datamill infer events.json.gz --pipeline > events.yaml",
            "  datamill try events.yaml --input events.json.gz"
        })
public final class InferCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, .gz too, or directories of them.")
    private List<Path> paths;

    @Option(names = "--name", description = "The name of the schema or pipeline. Default: the first file's.")
    private String name;

    @Option(names = "--yaml", description = "Print the fields or columns for the options of an adapter instead of an Avro schema.")
    private boolean yaml;

    @Option(names = "--pipeline", description = "Print a whole pipeline to begin with.")
    private boolean pipeline;

    @Option(
            names = "--format",
            description = "json, csv, tsv or avro. Default: by the file's name, else by how it begins.")
    private String format;

    @Option(
            names = "--limit",
            defaultValue = "100000",
            paramLabel = "N",
            description = "Records to look at. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Path> files = files();
            Inference inference = Inference.of(files, limit, format());
            String called = name == null ? called(files.get(0)) : name;
            if (pipeline) {
                out.print(inference.pipeline(called, files.get(0).toString()));
            } else {
                out.print(yaml ? inference.options("") : inference.avro(called.replaceAll("[^A-Za-z0-9_]", "_")) + '\n');
            }
            out.flush();
            err.print(inference.table());
            err.println(summary(inference));
            return 0;
        } catch (BadSampleException e) {
            err.println("infer: " + e.getMessage());
            return 1;
        }
    }

    private static String summary(Inference inference) {
        String others = inference.counts().others() == 0
                ? ""
                : ", and " + inference.counts().others() + " values that are no objects";
        return inference.counts().records() + " records of " + inference.format() + others;
    }

    private Format format() {
        if (format == null) {
            return null;
        }
        try {
            return Format.valueOf(format.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--format: expected json, csv, tsv or avro, but read '" + format + "'", e);
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString(), null, "no such file");
            }
            try (Stream<Path> found = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
                found.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        if (files.isEmpty()) {
            throw new BadSampleException(paths.get(0) + ": a directory without files");
        }
        return files;
    }

    /** The file's name up to its first point, as the name of a pipeline has to be. */
    private static String called(Path file) {
        String named = file.getFileName()
                .toString()
                .replaceFirst("\\..*", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        return named.isEmpty() ? "events" : named.substring(0, Math.min(63, named.length()));
    }
}
