package io.datamill.step.adapter.line;

/**
 * A line that a regular expression may look at so many times and no more. Backtracking over 30 characters can take
 * years: {@code (a+)+$} does. The bound is a count, {@value #MOST_READS} characters or about 100 ms, and no clock: a
 * replay of the same line ends the same way, on a busy machine too. One line after the other, from one thread.
 */
final class BoundedText implements CharSequence {
    static final int MOST_READS = 10_000_000;

    private String text = "";
    private int left;

    void set(String line) {
        text = line;
        left = MOST_READS;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new TooManyReadsException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Leaves a match that does not end. */
    static final class TooManyReadsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooManyReadsException() {
            super(null, null, false, false);
        }
    }
}
