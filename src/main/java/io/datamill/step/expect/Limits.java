package io.datamill.step.expect;

import io.datamill.config.OptionDoc;
import java.io.Serializable;

/**
 * How far the events of a window may be from what is expected.
 *
 * @param psi of the score and of each feature; 0.25 if absent
 * @param nulls difference of shares; 0.1 if absent
 * @param verdicts difference of shares; 0.2 if absent
 * @param volume ratio; 4 if absent
 */
public record Limits(
        @OptionDoc(
                value = "The population stability index of the score, and of each feature, against the training.",
                otherwise = "0.25")
        Double psi,

        @OptionDoc(
                value = "By how much the share of events where a feature's field is null or empty may differ from"
                        + " that of the training: 0.1 is ten of a hundred.",
                otherwise = "0.1")
        Double nulls,

        @OptionDoc(
                value = "By how much a verdict's share may differ from its mean in earlier windows.",
                otherwise = "0.2")
        Double verdicts,

        @OptionDoc(
                value = "How many times as many, or as few, events may come as at the same time of earlier weeks,"
                        + " days or windows.",
                otherwise = "4")
        Double volume)
        implements Serializable {
    static final Limits DEFAULT = new Limits(null, null, null, null);

    public Limits {
        psi = psi == null ? 0.25 : psi;
        nulls = nulls == null ? 0.1 : nulls;
        verdicts = verdicts == null ? 0.2 : verdicts;
        volume = volume == null ? 4 : volume;
        require(psi > 0 && psi < 100, "psi", psi, "more than 0 and less than 100");
        require(nulls > 0 && nulls <= 1, "nulls", nulls, "more than 0 and at most 1");
        require(verdicts > 0 && verdicts <= 1, "verdicts", verdicts, "more than 0 and at most 1");
        require(volume > 1 && volume < 1e6, "volume", volume, "more than 1 and less than 1000000");
    }

    private static void require(boolean holds, String name, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": expected a number " + expected + "; found " + value);
        }
    }
}
