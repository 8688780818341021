package io.datamill.step.fitted;

/** Nothing can be learned from this sample; the message says what is wrong with it. */
public final class UnsuitableSampleException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsuitableSampleException(String message) {
        super(message);
    }

    static UnsuitableSampleException noValue(String field, long rows) {
        return new UnsuitableSampleException("field '" + field + "' has no value in the sample's " + rows + " rows");
    }
}
