package io.datamill.cli.release;

import io.datamill.cli.CommandLines;
import io.datamill.step.score.Additive;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import picocli.CommandLine;

/**
 * A pipeline whose model and rules are served out of directories, candidates for them, and events that it has kept: 1,000
 * of the tenant acme and 60 of beta, a quarter of each bad. A bad one has a risk above 0.6, a good one below 0.4, and
 * three good ones of beta are odd.
 */
public final class ServedPipeline {
    private static final String YAML = """
            pipeline: mails
            adapter: { json: { fields: { event_id: string, tenant: string, risk: double, noise: double, odd: boolean } } }
            event: { id: event_id, tenant: tenant }
            steps:
              - derive: { twice: "risk * 2.0" }
              - score: { model: "%1$s/models", as: trust }
              - decide: %2$s
            """;
    static final String SHORT = "{ quarantine: \"trust.score < 0.2\", label: \"trust.score < 0.5\" }";

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public ServedPipeline(Path folder) throws IOException {
        this.folder = folder;
        decide(SHORT);
        events();
    }

    /** Changes the options of the decision. */
    void decide(String options) throws IOException {
        Files.writeString(file(), YAML.formatted(folder, options));
    }

    public Path file() {
        return folder.resolve("mails.yaml");
    }

    public Path folder() {
        return folder;
    }

    private void events() throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("event_id,tenant,risk,noise,odd,twice,bad\n");
        StringBuilder labels = new StringBuilder("event_id,tenant,verdict\n");
        for (int i = 0; i < 1_060; i++) {
            boolean bad = i % 4 == 0;
            String tenant = i < 1_000 ? "acme" : "beta";
            double risk = random.nextDouble() * 0.4 + (bad ? 0.6 : 0);
            boolean odd = i == 1_001 || i == 1_002 || i == 1_003;
            csv.append("e%d,%s,%s,%s,%s,%s,%s\n".formatted(i, tenant, risk, random.nextDouble(), odd, 2 * risk, bad));
            labels.append("e%d,%s,%s\n".formatted(i, tenant, bad ? "spam" : "ham"));
        }
        Files.writeString(folder.resolve("events.csv"), csv);
        Files.writeString(folder.resolve("labels.csv"), labels);
    }

    /** A model of log-odds {@code intercept - risk * 10 - noise * ... - odd * ...}, in a directory of its own. */
    public String model(double intercept, double risk, double noise, double odd) throws IOException {
        Model model = new Model(
                Model.Identity.unversioned("mails", "logistic"),
                new Model.Thresholds(0.2, 0.5),
                List.of(
                        new NamedFeature("risk", new Feature.Numeric("risk", 0)),
                        new NamedFeature("noise", new Feature.Numeric("noise", 0)),
                        new NamedFeature("odd", new Feature.Flag("odd", 0))),
                new Additive(
                        intercept,
                        new Linear(new double[3], new double[] {1, 1, 1}, new double[] {-risk, -noise, -odd}),
                        List.of()),
                Map.of());
        return candidate(ModelArtifact.MODEL, ModelArtifact.render(model));
    }

    /** A model that separates good from bad; each number gives another version of it. */
    public String goodModel(int number) throws IOException {
        return model(5 + number / 1_000.0, 10, 0, 0);
    }

    /** Rules of the lines given, in a directory of their own. */
    String rules(String... rules) throws IOException {
        return candidate(
                "rules.yaml",
                "format: 1\nname: mail-rules\nrules:\n"
                        + String.join(
                                "",
                                IntStream.range(0, rules.length)
                                        .mapToObj(i -> "  - " + rules[i] + '\n')
                                        .toList()));
    }

    private String candidate(String name, String content) throws IOException {
        Path directory = Files.createTempDirectory(folder, "candidate");
        Files.writeString(directory.resolve(name), content);
        return directory.toString();
    }

    /** Runs the command on the pipeline's file. */
    public int run(String command, String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine datamill = CommandLines.datamill();
        datamill.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] args = new String[options.length + 2];
        args[0] = command;
        args[1] = file().toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return datamill.execute(args);
    }

    /** Promotes with the events' own labels. */
    public int promote(String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"--input", folder + "/events.csv", "--label", "bad"}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return run("promote", all);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
