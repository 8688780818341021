package io.datamill.cli.event;

import io.datamill.cli.release.ServedArtifact;
import io.datamill.step.score.BoundModel;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.core.fs.Path;

/** The versions of a model that stored events name, out of the directory that served them, bound to what was stored. */
public final class RecordedModels implements AutoCloseable {
    private final ServedArtifact artifact;
    private final Schema rows;
    private final Map<String, Optional<Recorded>> byIdentity = new HashMap<>();

    /** @param rows the schema of the stored events */
    public RecordedModels(ServedArtifact artifact, Schema rows) {
        this.artifact = artifact;
        this.rows = rows;
    }

    /**
     * A version that is there.
     *
     * @param directory where it was found
     */
    public record Recorded(String directory, Model model, BoundModel bound) {}

    /**
     * @param identity {@code name@version}
     * @return empty where the version is not there any more
     * @throws InvalidModelException if it is there and is broken
     * @throws IllegalArgumentException if the stored events have not what it reads
     */
    public Optional<Recorded> find(String identity) throws IOException, InvalidModelException {
        Optional<Recorded> known = byIdentity.get(identity);
        if (known == null) {
            known = read(identity);
            byIdentity.put(identity, known);
        }
        return known;
    }

    private Optional<Recorded> read(String identity) throws IOException, InvalidModelException {
        String version = identity.substring(identity.indexOf('@') + 1);
        String served = artifact.directory().path().toString();
        for (String directory : List.of(artifact.version(version), served)) {
            Path file = new Path(directory, ModelArtifact.MODEL);
            if (file.getFileSystem().exists(file)) {
                Model model = ModelArtifact.read(directory);
                if (model.identity().toString().equals(identity)) {
                    return Optional.of(new Recorded(directory, model, bind(directory, model)));
                }
            }
        }
        return Optional.empty();
    }

    private BoundModel bind(String directory, Model model) throws InvalidModelException {
        List<String> problems = new ArrayList<>();
        BoundModel bound =
                BoundModel.plan(model, name -> ModelArtifact.file(directory, model, name), rows, problems::add);
        if (bound == null) {
            throw new IllegalArgumentException(problems.get(0));
        }
        bound.open();
        return bound;
    }

    @Override
    public void close() {
        byIdentity.values().forEach(found -> found.ifPresent(one -> one.bound().close()));
    }
}
