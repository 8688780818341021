package io.datamill.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the sources say of a pipeline's mistakes: the string literals in every call that reports one. A literal counts if
 * it has a space and at least {@value #SHORTEST} characters; what is shorter, or has none, is an option's name or a mark.
 *
 * @param fragments the literals
 * @param silent how many calls in each file have no literal that counts
 */
record Messages(Set<String> fragments, Map<String, Integer> silent) {
    /** What no file of a pipeline brings about, by the reason. */
    static final Map<String, List<String>> NOT_FROM_A_FILE = Map.ofEntries(
            Map.entry(
                    "Of training, not of a pipeline.",
                    List.of(
                            " different events of each kind; found ",
                            " events to learn from: expected both kinds ",
                            " good and ",
                            " groups, to hold some out; found ",
                            "in several groups",
                            "no feature varies: ",
                            "no labelled events to learn from",
                            "rows, labels, groups and times differ in number",
                            "--split time: an event has no time; give --time FIELD",
                            "from the beginning on",
                            "held-out data would leave only ",
                            "a booster with categorical splits cannot be taken over")),
            Map.entry(
                    "It takes a text of 10,001 domains or of 1 MiB.",
                    List.of(" domains, more than ", "watch has ", "more than 1 MiB")),
            Map.entry(
                    "A URL is looked at where the sink or step runs: planning reads no secret.",
                    List.of(
                            " expected jdbc:postgresql://host:5432/database?user=u&password=p",
                            "the url of Postgres is none that the driver takes;",
                            "the url of Elasticsearch is none: ",
                            "the url of Elasticsearch names no host; expected http://host:9200 or https://user:password@host")),
            Map.entry(
                    "A list is read where the step runs, which may be another machine than where it is planned.",
                    List.of(
                            "' has bits set behind its first ",
                            "' has more than ",
                            "expected a domain such as .example.com, but read '",
                            "expected a domain such as example.com, or .example.com for all below it too, but read '",
                            "expected a network such as 192.0.2.0/24, but read '",
                            "expected tenant,value, but read '")),
            Map.entry(
                    "It stands in a file that `datamill fit` writes, with a checksum; what planning says of that is in ArtifactJson.",
                    List.of(
                            "' is none of ",
                            ": expected a finite number; found ",
                            "categories: expected at least one, and a count for each",
                            "deviation: expected 0 or more; found ",
                            "expected as many means and weights as fields",
                            "format: expected ",
                            "idf: expected numbers above 0",
                            "idf: expected one for each term",
                            "min, max: expected finite numbers in this order; found ",
                            "values: fewer than the counts together")),
            Map.entry(
                    "Of code that asks for what a model has not got.",
                    List.of(" has no file '", "'; it has ", ": is no additive model")),
            Map.entry(
                    "Of a model's features: MailFeaturesTest.",
                    List.of("': expected a list and a field, such as hops[*].from")),
            Map.entry("Of a file system that fails.", List.of("the directory cannot be read: ")),
            Map.entry("It depends on the size of the stack.", List.of("is nested too deep")),
            Map.entry(
                    "A duration in YAML has no sign; for code that makes one.",
                    List.of("linger is ", ", expected 0s or more")),
            Map.entry(
                    "It takes an ONNX file: OnnxScorerTest.",
                    List.of(
                            " columns; there is none of number ",
                            " for one row; expected [rows] or [rows, columns]",
                            " rows; export it for any number of rows",
                            "capacity: expected 1 to ",
                            " rows; found ",
                            "; expected [rows, ",
                            "; expected float, double, int64 or int32",
                            "has shape ",
                            "is no tensor of float or double; export it without a map of labels (zipmap)",
                            "nothing is bound to input '",
                            "rows: expected 1 to ",
                            "takes exactly ",
                            "there is no input '",
                            "there is no output '")),
            Map.entry("It takes a MaxMind database: GeoipTakeTest.", List.of("the database ")));

    /** Calls that hand on what another call, a library or an exception says, by file. */
    static final Map<String, Integer> HANDED_ON = Map.ofEntries(
            Map.entry("pipeline/Binder.java", 3),
            Map.entry("pipeline/Choices.java", 1),
            Map.entry("pipeline/Construction.java", 2),
            Map.entry("pipeline/FieldsReader.java", 2),
            Map.entry("pipeline/FlowSinks.java", 2),
            Map.entry("pipeline/Merge.java", 1),
            Map.entry("pipeline/Planner.java", 3),
            Map.entry("pipeline/StepPlanner.java", 1),
            Map.entry("sink/SinkPlanning.java", 2),
            Map.entry("sink/elasticsearch/Elasticsearch.java", 1),
            Map.entry("sink/lake/S3.java", 1),
            Map.entry("sink/postgres/Postgres.java", 3),
            Map.entry("sink/verdict/Kinesis.java", 2),
            Map.entry("step/Planning.java", 2),
            Map.entry("step/adapter/AvroSchemas.java", 5),
            Map.entry("step/adapter/json/CloudwatchLogs.java", 2),
            Map.entry("step/adapter/json/Json.java", 2),
            Map.entry("step/adapter/json/Planner.java", 1),
            Map.entry("step/adapter/json/Readers.java", 3),
            Map.entry("step/adapter/line/LinePattern.java", 3),
            Map.entry("step/adapter/line/Logfmt.java", 2),
            Map.entry("step/adapter/table/Columns.java", 1),
            Map.entry("step/adapter/table/Table.java", 1),
            Map.entry("step/artifact/Pointer.java", 1),
            Map.entry("step/decide/Decide.java", 1),
            Map.entry("step/decide/RuleOptions.java", 5),
            Map.entry("step/decide/RuleSet.java", 1),
            Map.entry("step/enrich/Geoip.java", 1),
            Map.entry("step/enrich/LookAlike.java", 1),
            Map.entry("step/expect/Expect.java", 1),
            Map.entry("step/fitted/ImputeFitted.java", 1),
            Map.entry("step/group/AggregateParser.java", 2),
            Map.entry("step/profile/FeatureParser.java", 3),
            Map.entry("step/score/Checks.java", 1),
            Map.entry("step/score/OnnxModel.java", 1),
            Map.entry("step/score/PlannedModel.java", 2),
            Map.entry("step/score/training/Baseline.java", 1),
            Map.entry("step/transform/Cast.java", 1),
            Map.entry("step/transform/Constants.java", 1),
            Map.entry("step/transform/Derive.java", 1),
            Map.entry("step/transform/Explode.java", 1),
            Map.entry("step/transform/Filter.java", 1),
            Map.entry("step/transform/Impute.java", 1),
            Map.entry("step/transform/ImputeLast.java", 1),
            Map.entry("step/transform/Route.java", 1));

    private static final int SHORTEST = 8;
    private static final List<String> PACKAGES = List.of("pipeline", "sink", "source", "step");
    private static final Pattern CALL =
            Pattern.compile("\\b(?:problem|unreadable|new IllegalArgumentException|problems\\.add(?:Once)?"
                    + "|(?:problems|report|counted)\\.accept)\\(");
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'(?:[^'\\\\]|\\\\.)'|[()]");

    static Messages inSources(Path root) throws IOException {
        Messages messages = new Messages(new TreeSet<>(), new TreeMap<>());
        for (String folder : PACKAGES) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    messages.read(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return messages;
    }

    private void read(String file, String source) {
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            List<String> literals = literals(source, call.end());
            fragments.addAll(literals);
            if (literals.isEmpty()) {
                silent.merge(file, 1, Integer::sum);
            }
        }
    }

    /** The literals up to the bracket that ends the call. */
    private static List<String> literals(String source, int from) {
        List<String> literals = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int depth = 1;
        for (int at = from; depth > 0 && token.find(at); at = token.end()) {
            String literal = token.group(1) == null ? "" : token.group(1).translateEscapes();
            if (literal.length() >= SHORTEST && literal.contains(" ")) {
                literals.add(literal);
            }
            depth += token.group().equals("(") ? 1 : token.group().equals(")") ? -1 : 0;
        }
        return literals;
    }
}
