package io.datamill.sensor;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.DateTimeField;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

/** Dates as mails write them. */
final class MailDate {
    private static final int MAX = 128;

    private MailDate() {}

    /** @return milliseconds since 1970 UTC, or null when it is no date; any year is told as it stands */
    static Long parse(String value) {
        if (value == null || value.isBlank() || value.length() > MAX) {
            return null;
        }
        try {
            DateTimeField field =
                    DateTimeFieldLenientImpl.PARSER.parse(new RawField("Date", value.strip()), DecodeMonitor.SILENT);
            return field.getDate() == null ? null : field.getDate().toInstant().toEpochMilli();
        } catch (RuntimeException e) {
            return null; // not a date
        }
    }
}
