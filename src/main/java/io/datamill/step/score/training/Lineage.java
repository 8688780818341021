package io.datamill.step.score.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a model came about: {@code training.json}. It holds no date and no path, so that training again gives the same
 * bytes.
 *
 * @param algorithm as it was asked for
 * @param settings that the algorithm ran with, those it chose itself included
 * @param leftOut how many events were not learnt from, by reason
 * @param constant declared features that are the same for all events: the model does not hold them
 */
public record Lineage(
        Code code,
        String algorithm,
        long seed,
        Map<String, Object> settings,
        Origin origin,
        Data data,
        Map<String, Long> leftOut,
        List<String> constant,
        HeldOut heldOut) {

    /**
     * What was run.
     *
     * @param datamill its version
     * @param libraries their versions
     */
    public record Code(String datamill, Map<String, String> libraries) {}

    /**
     * What was read, and what of it was asked.
     *
     * @param label the field that holds it, with what stands for an event to be stopped
     * @param group the field whose values are never split; empty where none was given
     * @param once the field that copies share; empty where none was given
     */
    public record Origin(List<Input> inputs, List<Input> labels, Label label, String group, String once, Split split) {}

    /**
     * A file.
     *
     * @param name below the path that was given
     * @param sha256 of its bytes, in hexadecimal
     * @param rows or records in it
     */
    public record Input(String name, String sha256, long rows) {
        /** That files are named in, in whatever order they were given. */
        public static final Comparator<Input> ORDER =
                Comparator.comparing(Input::name).thenComparing(Input::sha256);
    }

    /** What says which events are to be stopped. */
    public record Label(String field, String bad) {}

    /** What is held out together. */
    public enum Split {
        /** Groups, or rows that are alike where there are none. */
        @JsonProperty("group")
        GROUP,
        /** What came later. */
        @JsonProperty("time")
        TIME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was learnt from.
     *
     * @param values the SHA-256 of what the features made of the events, with labels, groups and times: another reading of
     *     the same files has another
     */
    public record Data(long good, long bad, long groups, String values) {}

    /**
     * Measured on events that the model of their fold has not seen.
     *
     * @param figures at the threshold that {@code evaluate} uses unless told otherwise
     * @param recallAt1PercentFalsePositives the share of bad events found at the highest threshold that calls at most 1% of
     *     the good ones bad
     * @param thresholds that the model suggests
     */
    public record HeldOut(Figures figures, double recallAt1PercentFalsePositives, List<Threshold> thresholds) {}

    /**
     * A suggestion for the decide step.
     *
     * @param below the score
     * @param fpr the share of good events below it
     * @param recall the share of bad events below it
     */
    public record Threshold(String name, double below, double fpr, double recall) {}
}
