package io.datamill.step.score;

import io.datamill.event.RejectedEventException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * A model bound to the schema of the events it will see. It keeps what it found of the last event, so one instance serves
 * one subtask.
 */
public interface BoundModel extends Serializable {

    /** Where a model's other files come from, by {@link ModelArtifact#file}. */
    @FunctionalInterface
    interface Files {
        /** @throws InvalidModelException if it cannot be read or is another than the model was made with */
        byte[] read(String name) throws InvalidModelException;
    }

    /**
     * Binds a model.
     *
     * @param problems takes whatever does not fit
     * @return null where there is a problem; else to be opened
     */
    static BoundModel plan(Model model, Files files, Schema record, Consumer<String> problems)
            throws InvalidModelException {
        if (model.scorer() instanceof Onnx onnx) {
            return OnnxModel.plan(model, onnx, files.read(onnx.file()), record, problems);
        }
        return AdditiveModel.plan(model, record, problems);
    }

    /** Gets ready, once for each subtask. */
    default void open() throws InvalidModelException {}

    /** Gives back what {@link #open} took; also where that failed half-way. */
    default void close() {}

    /**
     * The event's log-odds of being trustworthy.
     *
     * @throws RejectedEventException if the model has none for it
     */
    double margin(Object[] values) throws RejectedEventException;

    /** The name of a feature. */
    String name(int feature);

    /** What a feature added to the last event's log-odds. */
    double contribution(int feature);

    /**
     * The features that moved the last event most, by absolute contribution, the first of equals first.
     *
     * @param top takes their indices, strongest first
     * @return how many there are: at most the array's length, and none where the model does not say
     */
    int strongest(int[] top);

    /** The probability that belongs to log-odds: 0 to 1. */
    static double probability(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }
}
