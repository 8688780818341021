package io.datamill.cli.infer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the texts of one field look like. Its memory does not grow with the sample. */
final class Texts {
    /** Beyond so many values a field is no enum. */
    static final int MOST_VALUES = 24;

    private static final int LONGEST_VALUE = 64;

    /** After so many texts a form that hardly any was of is not looked for any more. */
    private static final int ENOUGH = 200;

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    private final long[] ofForm = new long[Moments.FORMS.size()];
    private final Map<String, Long> values = new LinkedHashMap<>();
    private long count;
    private long wholes;
    private long numbers;
    private long truths;
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
    private boolean manyValues;

    void add(String text) {
        count++;
        if (Moments.mayBe(text)) {
            for (int i = 0; i < ofForm.length; i++) {
                boolean hopeless = count > ENOUGH && ofForm[i] * 2 < count;
                if (!hopeless && Moments.fits(Moments.FORMS.get(i), text)) {
                    ofForm[i]++;
                }
            }
        }
        if (NUMBER.matcher(text).matches()) {
            numbers++;
            if (WHOLE.matcher(text).matches()) {
                wholes++;
                least = Math.min(least, Long.parseLong(text));
                most = Math.max(most, Long.parseLong(text));
            }
        }
        truths += text.equals("true") || text.equals("false") ? 1 : 0;
        if (!manyValues) {
            manyValues = text.length() > LONGEST_VALUE || values.size() == MOST_VALUES && !values.containsKey(text);
            values.merge(text, 1L, Long::sum);
        }
        if (manyValues) {
            values.clear();
        }
    }

    void addAll(Texts other) {
        count += other.count;
        wholes += other.wholes;
        numbers += other.numbers;
        truths += other.truths;
        least = Math.min(least, other.least);
        most = Math.max(most, other.most);
        for (int i = 0; i < ofForm.length; i++) {
            ofForm[i] += other.ofForm[i];
        }
        other.values.forEach((value, times) -> values.merge(value, times, Long::sum));
        manyValues |= other.manyValues || values.size() > MOST_VALUES;
        if (manyValues) {
            values.clear();
        }
    }

    long count() {
        return count;
    }

    /** The form that most are of; the one preferred where several are alike. */
    int form() {
        int best = 0;
        for (int i = 1; i < ofForm.length; i++) {
            if (ofForm[i] > ofForm[best]) {
                best = i;
            }
        }
        return best;
    }

    long ofForm(int form) {
        return ofForm[form];
    }

    /** Another form that as many are of, or -1. */
    int rival(int form) {
        for (int i = form + 1; i < ofForm.length; i++) {
            if (ofForm[i] == ofForm[form] && ofForm[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    long wholes() {
        return wholes;
    }

    long numbers() {
        return numbers;
    }

    long truths() {
        return truths;
    }

    /** Of those that are whole numbers. */
    long least() {
        return least;
    }

    long most() {
        return most;
    }

    /** The values in the order they came, with how often each; empty where there are more than {@value #MOST_VALUES}. */
    Map<String, Long> values() {
        return values;
    }
}
