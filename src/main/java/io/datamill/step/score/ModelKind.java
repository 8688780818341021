package io.datamill.step.score;

import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.artifact.InvalidArtifactException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a running job needs of a model's directory. */
public enum ModelKind implements ArtifactKind {
    MODEL;

    /** What the features looked like in training. */
    public static final String BASELINE = "baseline.json";

    @Override
    public String main() {
        return ModelArtifact.MODEL;
    }

    @Override
    public List<String> others(byte[] main) throws InvalidArtifactException {
        Model model = read(Map.of(ModelArtifact.MODEL, main));
        List<String> others = new ArrayList<>();
        if (model.scorer() instanceof Onnx onnx) {
            others.add(onnx.file());
        }
        if (model.files().containsKey(BASELINE)) {
            others.add(BASELINE);
        }
        return others;
    }

    /** A model from its files by name. */
    static Model read(Map<String, byte[]> files) throws InvalidArtifactException {
        try {
            return ModelArtifact.read("", files);
        } catch (InvalidModelException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }
}
