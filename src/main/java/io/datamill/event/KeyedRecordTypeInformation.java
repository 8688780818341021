package io.datamill.event;

/** The type of the stream across the shuffle. */
public final class KeyedRecordTypeInformation extends FlowType<KeyedRecord> {
    public static final KeyedRecordTypeInformation INSTANCE = new KeyedRecordTypeInformation();

    private static final long serialVersionUID = 1L;

    private KeyedRecordTypeInformation() {
        super(KeyedRecord.class, KeyedRecordSerializer.INSTANCE);
    }
}
