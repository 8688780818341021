package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.Model;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What learning gives.
 *
 * @param scorer of all rows, calibrated
 * @param heldOut the calibrated probability of trust of each row, from a model that has not seen its group; NaN for a row
 *     that was never held out, as the earliest ones where the split is by time
 * @param thresholds scores below which to act, chosen from {@code heldOut}
 * @param threshold the score below which {@code evaluate} calls an event bad, unless told otherwise
 * @param settings by name, for the lineage
 */
@SuppressWarnings("ArrayRecordComponent") // By row, never compared.
public record Trained(
        Additive scorer,
        double[] heldOut,
        Model.Thresholds thresholds,
        double threshold,
        Map<String, Object> settings) {
    public Trained {
        settings = new LinkedHashMap<>(settings);
    }
}
