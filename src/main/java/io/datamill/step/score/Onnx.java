package io.datamill.step.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * A model that others have trained, run by ONNX Runtime.
 *
 * @param file the name of the ONNX file in the artifact's directory
 * @param inputs the one input of shape [rows, features], or an input of shape [rows] or [rows, 1] for each feature, in
 *     the features' order
 * @param output of shape [rows] or [rows, columns]
 * @param column which of the columns, from 0
 * @param scale what the number is
 * @param about whether it grows with trust or with distrust
 */
public record Onnx(String file, List<String> inputs, String output, int column, Scale scale, About about)
        implements Scorer, Serializable {
    /** By how much the sum of many floats may miss 0 or 1. */
    private static final double ROUNDING = 1e-6;

    public Onnx {
        Checks.require(!inputs.isEmpty(), "inputs: expected at least one name");
        Checks.require(new HashSet<>(inputs).size() == inputs.size(), "inputs: a name is there twice");
        Checks.require(column >= 0, "column: expected a number from 0; found " + column);
        inputs = List.copyOf(inputs);
    }

    /**
     * The log-odds of trust that a number of the output stands for.
     *
     * @return NaN where it is none, or no probability
     */
    double margin(double number) {
        if (scale == Scale.MARGIN) {
            return about == About.TRUST ? number : -number;
        }
        if (!(number > -ROUNDING && number < 1 + ROUNDING)) {
            return Double.NaN;
        }
        double probability = Math.max(0, Math.min(1, number));
        double margin = Math.log(probability) - Math.log1p(-probability);
        return about == About.TRUST ? margin : -margin;
    }

    /** What the output's number is. */
    public enum Scale {
        /** 0 to 1. */
        @JsonProperty("probability")
        PROBABILITY("probability"),
        /** Log-odds. */
        @JsonProperty("margin")
        MARGIN("number");

        private final String word;

        Scale(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Whom the output's number speaks for. */
    public enum About {
        /** 1 is good. */
        @JsonProperty("trust")
        TRUST,
        /** 1 is bad, as most exporters label spam or fraud. */
        @JsonProperty("distrust")
        DISTRUST
    }

    @Override
    public void check(int features) {
        Checks.require(
                inputs.size() == 1 || inputs.size() == features,
                "inputs: expected one name or " + features + "; found " + inputs.size());
    }
}
