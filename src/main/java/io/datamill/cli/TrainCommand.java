package io.datamill.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.training.Corpus;
import io.datamill.step.score.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.commons.codec.digest.DigestUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model on raw mails; the same mails, features and seed give the same bytes. */
@Command(
        name = "train",
        description = "Trains a trust model on raw mails, on the features that DIR/features.json declares, and writes"
                + " DIR/model.json and DIR/training.json.",
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
    private static final String MAILS = "directory, mbox or .tar.xz of ";
    /** Held on to: java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    @Option(
            names = "--ham",
            arity = "1..*",
            required = true,
            paramLabel = "PATH",
            description = MAILS + "trusted mails")
    private List<Path> ham = List.of();

    @Option(names = "--spam", arity = "1..*", required = true, paramLabel = "PATH", description = MAILS + "others")
    private List<Path> spam = List.of();

    @Option(
            names = "--test-ham",
            arity = "1..*",
            paramLabel = "PATH",
            description = MAILS + "trusted mails to report on; they never change the model")
    private List<Path> testHam = List.of();

    @Option(
            names = "--test-spam",
            arity = "1..*",
            paramLabel = "PATH",
            description = MAILS + "others to report on; they never change the model")
    private List<Path> testSpam = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "the model's directory")
    private Path out = Path.of("");

    @Option(names = "--seed", description = "of the order in which mails are seen (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--name", description = "the model's name (default: ${DEFAULT-VALUE})")
    private String name = "email-trust";

    @Option(names = "--schema", paramLabel = "FILE", description = "what the sensor tells (default: ${DEFAULT-VALUE})")
    private Path schema = Path.of("kinesis-fixtures/email-metadata/schemas/email-metadata-v4.avsc");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        TRIBUO.setLevel(Level.WARNING);
        Schema read = readSchema();
        Training training = training(read);
        List<Corpus> train = corpora(read, ham, spam);
        List<Corpus> test = corpora(read, testHam, testSpam);
        Training.Result result = train(training, train, test);
        Files.writeString(out.resolve(ModelArtifact.MODEL), ModelArtifact.render(result.model()));
        String lineage = ArtifactJson.write(result.lineage());
        Files.writeString(out.resolve(ModelArtifact.TRAINING), lineage);
        spec.commandLine().getOut().print(lineage);
        return 0;
    }

    private Training.Result train(Training training, List<Corpus> train, List<Corpus> test) {
        try {
            return training.run(train, test);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private Training training(Schema read) throws IOException {
        Path file = out.resolve("features.json");
        try {
            LinkedHashMap<String, Feature> features = ArtifactJson.read(
                    new org.apache.flink.core.fs.Path(file.toUri()),
                    new TypeReference<LinkedHashMap<String, Feature>>() {});
            return new Training(name, features, DigestUtils.sha256Hex(Files.readAllBytes(file)), read, seed);
        } catch (InvalidModelException e) {
            throw refused(e.getMessage());
        }
    }

    private Schema readSchema() {
        try {
            return ReaderSchemas.withJavaStrings(new Schema.Parser().parse(Files.readString(schema)));
        } catch (IOException | SchemaParseException e) {
            throw refused(schema + ": no schema can be read here; give --schema email-metadata-v4.avsc");
        }
    }

    private List<Corpus> corpora(Schema read, List<Path> trusted, List<Path> untrusted) {
        List<Corpus> corpora = new ArrayList<>();
        for (Path path : trusted) {
            corpora.add(corpus(path, true, read));
        }
        for (Path path : untrusted) {
            corpora.add(corpus(path, false, read));
        }
        return corpora;
    }

    private Corpus corpus(Path path, boolean trusted, Schema read) {
        try {
            return MailCorpus.read(path, trusted, read);
        } catch (IOException e) {
            throw refused(path + ": no mails can be read here: " + e.getMessage());
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
