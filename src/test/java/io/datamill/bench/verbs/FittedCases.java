package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import io.datamill.config.Reference;
import io.datamill.pipeline.PlannedVerb;
import io.datamill.step.Planning;
import io.datamill.step.StepConfig;
import io.datamill.step.fitted.Artifact;
import io.datamill.step.fitted.FittedConfig;
import io.datamill.step.fitted.Fitting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/** The verbs with learned parameters, fitted to the pool itself, and the score of the project's own model. */
final class FittedCases {
    private static final String NUMBERS = "{ a: double, b: double, c: double, d: double }";

    private FittedCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        String four = "fields: [a, b, c, d]";
        cases.step("binarize", "4 fields", "{ " + four + ", threshold: 0 }", NUMBERS, FittedCases::numbers);
        cases.step("normalize", "4 fields", "{ " + four + " }", NUMBERS, FittedCases::numbers);
        fitted(cases, "standard-scale", "4 fields", four, NUMBERS, FittedCases::numbers);
        fitted(cases, "min-max", "4 fields", four, NUMBERS, FittedCases::numbers);
        fitted(cases, "pca", "4 fields to 2", four + ", components: 2, as: place", NUMBERS, FittedCases::numbers);
        IntFunction<Object[]> words = i -> row(Varied.word(i));
        fitted(
                cases,
                "encode",
                "one-hot of 38",
                "fields: { word: one-hot }, unknown: other",
                "{ word: string }",
                words);
        fitted(cases, "encode", "frequency", "fields: { word: frequency }, unknown: other", "{ word: string }", words);
        fitted(
                cases,
                "impute-fitted",
                "",
                "fields: { age: median, plan: mode }",
                "{ age: int?, plan: string? }",
                i -> row(i % 3 == 0 ? null : i, i % 4 == 0 ? null : Varied.word(i)));
        fitted(
                cases,
                "tf-idf",
                "vocabulary, 12 words",
                "field: text, as: words",
                "{ text: string }",
                i -> row(Varied.text(i, 12)));
        cases.step(
                "tf-idf",
                "256 buckets, 12 words",
                "{ field: text, as: words, buckets: 256 }",
                "{ text: string }",
                i -> row(Varied.text(i, 12)));
        cases.add("score", "email-trust, 48 features", ScoreCases::starter);
        cases.add("score", "linear, 50 features", ScoreCases::linear);
        cases.add("score", "200 trees of depth 6, 50 features", ScoreCases::trees);
        cases.add("score", "ONNX linear, 50 features, by 64", ScoreCases::onnxLinear);
        cases.add("score", "ONNX 200 trees of depth 6, 50 features, by 64", ScoreCases::onnxTrees);
        cases.add("expect", "50 features in 10 bins", ScoreCases::expect);
        return cases.list();
    }

    private static void fitted(
            Cases cases, String verb, String variant, String options, String fields, IntFunction<Object[]> rows) {
        cases.add(verb, variant, () -> {
            String yaml = "{ " + verb + ": { " + options + ", fitted: none.json } }";
            return Works.step(PlannedVerb.of(yaml, fields, Map.of(), config -> learned(config, fields, rows)), rows);
        });
    }

    private static StepConfig learned(StepConfig config, String fields, IntFunction<Object[]> rows) {
        Schema schema = PlannedVerb.schema(fields);
        FittedConfig fitted = (FittedConfig) config;
        Fitting fitting = fitted.fitting(new Planning(schema, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        }));
        try {
            for (int i = 0; i < Works.POOL; i++) {
                fitting.add(rows.apply(i));
            }
            Artifact.FittedOn sample = new Artifact.FittedOn(Works.POOL, "pool", "");
            Path file = Files.createTempFile("datamill-bench-", ".json");
            file.toFile().deleteOnExit();
            Files.writeString(file, Artifact.of(fitted, schema, sample, fitting).render());
            return fitted.withFitted(new Reference(file.toString()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object[] numbers(int i) {
        return row(Varied.real(i), Varied.real(i + 1), Varied.real(i + 2), Varied.real(i) + Varied.real(i + 3));
    }
}
