package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import io.datamill.pipeline.PlannedVerb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The decision. Of rules those that are asked cost: here all are, for most events. */
final class DecideCases {
    private static final String FIELDS = "{ from: string, domain: string, score: double, urls: int }";

    private DecideCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        cases.step(
                "decide",
                "",
                "{ quarantine: \"score < 0.2\", labels: { odd: \"score < 0.5\" } }",
                "{ score: double }",
                i -> row(i / 256.0));
        cases.step("decide", "10 rules", "{ rules: " + rules(10) + " }", FIELDS, DecideCases::mail);
        cases.add("decide", "2 lists of 1,000", DecideCases::lists);
        return cases.list();
    }

    private static String rules(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> "{ name: r" + i + ", when: \"score < 0.0" + i
                        + " && (urls > 3 || domain.endsWith('.example'))\", verdict: quarantine }")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Object[] mail(int i) {
        return row(Varied.mail(i), Varied.domain(i), i / 256.0, i % 5);
    }

    private static Work lists() throws Exception {
        Path file = Files.createTempFile("datamill-bench-", ".csv");
        file.toFile().deleteOnExit();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add("*,." + Varied.word(i) + i + ".example");
        }
        Files.write(file, lines);
        String list = "{ file: \"" + file + "\", fields: [from, domain] }";
        return Works.step(
                PlannedVerb.of(
                        "{ decide: { allow: " + list + ", deny: " + list + " } }",
                        FIELDS,
                        Map.of(),
                        UnaryOperator.identity()),
                DecideCases::mail);
    }
}
