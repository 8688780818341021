package io.datamill.cli;

import io.datamill.cli.local.InputFiles;
import io.datamill.cli.local.LocalOutput;
import io.datamill.cli.local.LocalRun;
import io.datamill.cli.local.LocalSummary;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Reject;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.source.FileRecords;
import io.datamill.source.Records;
import io.datamill.step.Planning;
import io.datamill.step.fitted.Artifact;
import io.datamill.step.fitted.FittedConfig;
import io.datamill.step.fitted.Fitting;
import io.datamill.step.fitted.UnsuitableSampleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Fits the steps of one pipeline on one sample, each with what was fitted before it. */
final class FitRun implements AutoCloseable {
    private final Planner planner;
    private final Path pipeline;
    private final List<String> inputs;
    private final Path out;
    /** Where the parameters are that this run has written. */
    private final Map<FittedConfig, Reference> written = new HashMap<>();

    private LocalRun flink;

    FitRun(Planner planner, Path pipeline, List<String> inputs, Path out) {
        this.planner = planner.changing(config -> config instanceof FittedConfig fitted && written.containsKey(fitted)
                ? fitted.withFitted(written.get(fitted))
                : config);
        this.pipeline = pipeline;
        this.inputs = inputs;
        this.out = out;
    }

    /** @param rejected events of the sample that did not reach the step */
    record Result(long rows, String version, Path file, long rejected) {
        @Override
        public String toString() {
            return rows + " rows, version " + version + ", " + file;
        }
    }

    /** The name under which the parameters of a step are written. */
    static String fileName(FittedConfig config) {
        return new org.apache.flink.core.fs.Path(config.fitted().resolve()).getName();
    }

    /**
     * Fits one step and writes what was learned.
     *
     * @throws IllegalArgumentException if the step does not fit the schema before it
     * @throws UnsuitableSampleException if the sample does not say what is to be learned
     */
    Result fit(String path, FittedConfig config) throws Exception {
        Plan plan = planner.before(path).plan(pipeline);
        List<String> problems = new ArrayList<>();
        Fitting fitting = config.fitting(
                new Planning(plan.outcome(), (option, message) -> problems.add(path + '.' + option + ": " + message)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.get(0));
        }
        Map<String, List<Records>> records = InputFiles.of(plan, inputs);
        flink = flink == null ? LocalRun.start() : flink;
        Rows rows = new Rows(fitting);
        LocalSummary summary = flink.run(plan, records, rows);
        if (rows.refusal != null) {
            throw rows.refusal;
        }
        Artifact artifact = Artifact.of(config, plan.outcome(), sample(rows.count, records), fitting);
        Files.createDirectories(out);
        Path file = out.resolve(fileName(config));
        Files.writeString(file, artifact.render(), StandardCharsets.UTF_8);
        written.put(config, new Reference(file.toString()));
        return new Result(rows.count, artifact.version(), file, summary.count(Fate.REJECTED));
    }

    private static Artifact.FittedOn sample(long rows, Map<String, List<Records>> records) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        List<String> names = new ArrayList<>();
        for (List<Records> ofInput : records.values()) {
            for (Records one : ofInput) {
                Path file = Path.of(((FileRecords) one).file());
                names.add(String.valueOf(file.getFileName()));
                try (InputStream in = Files.newInputStream(file)) {
                    DigestUtils.updateDigest(digest, in);
                }
            }
        }
        return new Artifact.FittedOn(
                rows, String.join(", ", names), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws Exception {
        if (flink != null) {
            flink.close();
        }
    }

    /** The events that reach the step. */
    private static final class Rows implements LocalOutput {
        private final Fitting fitting;
        private long count;
        private UnsuitableSampleException refusal;

        Rows(Fitting fitting) {
            this.fitting = fitting;
        }

        @Override
        public void outcome(String branch, Event event) {
            count++;
            try {
                if (refusal == null) {
                    fitting.add(event.values());
                }
            } catch (UnsuitableSampleException e) {
                refusal = e;
            }
        }

        @Override
        public void reject(Reject reject) {
            // The summary counts them.
        }
    }
}
