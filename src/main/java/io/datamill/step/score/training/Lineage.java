package io.datamill.step.score.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * How a model came about: {@code training.json}. It holds no date and no path, so that training again gives the same
 * bytes.
 *
 * @param test the quality on all inputs of the test together; none where there are none
 */
record Lineage(Code code, List<Input> inputs, Data data, HeldOut heldOut, Map<String, Double> test) {

    /**
     * What was run.
     *
     * @param trainer grows when the arithmetic of the training changes
     * @param features the SHA-256 of the declared features
     * @param values the SHA-256 of what they made of the training mails: another reading of the same mails has another
     */
    record Code(String trainer, String library, LogisticTrainer settings, String features, String values) {}

    /**
     * One input.
     *
     * @param use {@code train} or {@code test}
     * @param label {@code ham} or {@code spam}
     * @param test what the model makes of it; only for a test input
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Input(String name, String label, String use, Read read, Shares test) {}

    /**
     * What was read of an input.
     *
     * @param sha256 of the raw mails in the order they were read, each preceded by its length
     */
    record Read(int mails, String sha256) {}

    /**
     * The share of mails whose score is below each threshold.
     *
     * @param mails without those that the training has seen
     */
    record Shares(int mails, double quarantine, double label) {}

    /**
     * What was trained on, and what was left out.
     *
     * @param repeated further copies of a mail
     * @param contradictory copies of mails that are labelled both ham and spam
     * @param constant declared features that never vary in this data: the model does not hold them
     */
    record Data(long ham, long spam, int repeated, int contradictory, List<String> constant) {}

    /**
     * Measured on samples that the fold's model has not seen, all folds together.
     *
     * @param folds of whole groups: mails from one domain are held out together
     * @param quality the figures by name
     */
    record HeldOut(int folds, int groups, Map<String, Double> quality, List<Threshold> thresholds) {}

    /**
     * A suggestion for the decide step.
     *
     * @param below the score
     * @param atMostHam the bound it was chosen for
     * @param ham the share of held-out ham below it
     * @param spam the share of held-out spam below it
     */
    record Threshold(String name, double below, double atMostHam, double ham, double spam) {}
}
