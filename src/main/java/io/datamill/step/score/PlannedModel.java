package io.datamill.step.score;

import io.datamill.config.Reference;
import io.datamill.step.Planning;
import io.datamill.step.SwappableStep;
import io.datamill.step.SwappableStep.Watch;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Releases;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Function;

/**
 * What a model's directory holds while the pipeline is planned.
 *
 * @param watch null: it is one version, which is never exchanged
 */
public record PlannedModel(Watch watch, Release release) implements Serializable {

    /** Whether the directory has a pointer; of one that cannot be read it is told when it is read. */
    static boolean isFollowed(Reference model) {
        try {
            return new ArtifactDirectory(model.resolve()).hasPointer();
        } catch (IOException | Reference.UnresolvedReferenceException e) {
            return false;
        }
    }

    /**
     * Plans a step that runs a model.
     *
     * @param making a step, which then takes the release to show that it can
     * @return null where a problem was reported, at the option {@code model}
     */
    public static <T extends SwappableStep> T plan(
            Reference model, Planning planning, Function<PlannedModel, T> making) {
        try {
            PlannedModel planned = read(model);
            T step = making.apply(planned);
            step.take(planned.release);
            step.close();
            return step;
        } catch (InvalidArtifactException e) {
            e.problems().forEach(problem -> planning.problem("model", problem));
        } catch (InvalidModelException | Reference.UnresolvedReferenceException e) {
            planning.problem("model", e.getMessage());
        } catch (IOException e) {
            planning.problem("model", "the directory cannot be read: " + e.getMessage());
        }
        return null;
    }

    private static PlannedModel read(Reference model)
            throws InvalidModelException, InvalidArtifactException, IOException {
        if (isFollowed(model)) {
            Watch watch = new Watch(model, ModelKind.MODEL);
            return new PlannedModel(watch, Releases.read(watch));
        }
        ArtifactDirectory directory = new ArtifactDirectory(model.resolve());
        String version =
                ModelArtifact.read(directory.path().toString()).identity().version();
        return new PlannedModel(null, directory.only(model.written(), version, ModelKind.MODEL));
    }
}
