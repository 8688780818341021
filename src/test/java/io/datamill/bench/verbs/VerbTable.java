package io.datamill.bench.verbs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Prints what an event costs in every adapter and verb, the dearest first; see docs/performance.md. */
public final class VerbTable {
    private record Line(String name, double wall, double cpu, double bytes) {}

    private VerbTable() {}

    /** @param args names, or parts of them, to measure; none: all */
    public static void main(String[] args) throws Exception {
        String[] names = Cases.ALL.keySet().stream()
                .filter(name -> args.length == 0 || List.of(args).stream().anyMatch(name::contains))
                .toArray(String[]::new);
        List<Line> lines = new ArrayList<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(VerbBenchmark.class.getName())
                        .param("name", names)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            lines.add(line(result));
        }
        print(lines, new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static Line line(RunResult result) {
        Map<String, Result> used = result.getSecondaryResults();
        double ops = used.get("ops").getScore();
        return new Line(
                result.getParams().getParam("name"),
                result.getPrimaryResult().getScore(),
                used.get("cpuNanos").getScore() / ops / 1000,
                used.get("bytes").getScore() / ops);
    }

    private static void print(List<Line> lines, PrintStream out) {
        out.printf("%-48s%12s%12s%14s%n", "", "CPU us", "clock us", "bytes");
        lines.sort(Comparator.comparingDouble(Line::cpu).reversed());
        for (Line line : lines) {
            out.printf(Locale.ROOT, "%-48s%12.3f%12.3f%14.0f%n", line.name, line.cpu, line.wall, line.bytes);
        }
    }
}
