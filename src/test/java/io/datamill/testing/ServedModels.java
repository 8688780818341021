package io.datamill.testing;

import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.Additive;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A directory of versions of the deployed model, each of which trusts a little more than the one before. */
public final class ServedModels {
    private static final String DEPLOYED = "flink-conf/models/email-trust";

    private final ArtifactDirectory directory;
    private Model newest;

    ServedModels(String path) throws Exception {
        directory = new ArtifactDirectory(path);
        newest = ModelArtifact.read(DEPLOYED);
        publish();
        directory.write(Pointer.first(newest.identity().version(), Instant.EPOCH));
    }

    /** The newest version, as outcomes name it. */
    public String newest() {
        return newest.identity().toString();
    }

    /** Makes a version and lets it serve what arrives from then on. */
    public void promoteAnother(Instant from) throws Exception {
        Additive before = (Additive) newest.scorer();
        newest = new Model(
                newest.identity(),
                newest.thresholds(),
                newest.features(),
                new Additive(before.intercept() + 0.5, before.linear(), before.trees()),
                newest.files());
        publish();
        promote(newest.identity().version(), from);
    }

    /** Lets a version serve that is no model. */
    public void promoteBroken(Instant from) throws Exception {
        directory.write("bad000000bad/model.json", "{}".getBytes(StandardCharsets.UTF_8));
        promote("bad000000bad", from);
    }

    private void promote(String version, Instant from) throws Exception {
        directory.write(directory.pointer().promoting(version, from));
    }

    private void publish() throws Exception {
        byte[] model = ModelArtifact.render(newest).getBytes(StandardCharsets.UTF_8);
        newest = ModelArtifact.read("memory", Map.of(ModelArtifact.MODEL, model));
        String version = newest.identity().version();
        directory.write(version + '/' + ModelArtifact.MODEL, model);
        for (String name : newest.files().keySet()) {
            directory.write(version + '/' + name, ModelArtifact.file(DEPLOYED, newest, name));
        }
    }
}
