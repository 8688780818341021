package io.datamill.step.score.training;

import java.util.List;

/**
 * The samples of one input.
 *
 * @param sha256 of all that was read, in hexadecimal
 */
public record Corpus(String name, boolean trusted, String sha256, List<Sample> samples) {
    public Corpus {
        samples = List.copyOf(samples);
    }
}
