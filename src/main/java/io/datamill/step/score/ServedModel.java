package io.datamill.step.score;

import io.datamill.event.RejectedEventException;
import io.datamill.step.artifact.InvalidArtifactException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** A version of a model that is ready to score events of one schema; one instance serves one subtask. */
final class ServedModel {
    private static final int MAX_REASONS = 5;

    private final String identity;
    private final BoundModel model;
    private final int[] top = new int[MAX_REASONS];

    private ServedModel(String identity, BoundModel model) {
        this.identity = identity;
        this.model = model;
    }

    /** @throws InvalidArtifactException with everything that does not fit */
    static ServedModel of(Map<String, byte[]> files, Schema input) throws InvalidArtifactException {
        Model artifact = ModelKind.read(files);
        List<String> problems = new ArrayList<>();
        try {
            BoundModel bound = BoundModel.plan(
                    artifact, name -> ModelArtifact.file("", files, artifact, name), input, problems::add);
            if (bound == null) {
                throw new InvalidArtifactException(problems);
            }
            bound.open();
            return new ServedModel(artifact.identity().toString(), bound);
        } catch (InvalidModelException e) {
            throw new InvalidArtifactException(artifact.identity() + ": " + e.getMessage(), e);
        }
    }

    void close() {
        model.close();
    }

    /** {@code name@version}. */
    String identity() {
        return identity;
    }

    /**
     * The probability that an event is trustworthy; {@link #reasons} then are its own.
     *
     * @throws RejectedEventException if the model gives none
     */
    double score(Object[] values) throws RejectedEventException {
        return BoundModel.probability(model.margin(values));
    }

    /** The features that moved the last event most. */
    List<GenericData.Record> reasons(Schema reason) {
        int found = model.strongest(top);
        List<GenericData.Record> reasons = new ArrayList<>(found);
        for (int i = 0; i < found; i++) {
            GenericData.Record one = new GenericData.Record(reason);
            one.put(0, model.name(top[i]));
            one.put(1, model.contribution(top[i]));
            reasons.add(one);
        }
        return reasons;
    }
}
