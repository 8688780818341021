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
        if (value == null || value.length() > MAX) {
            return null;
        }
        // Days of one digit are often padded with a second space, and zones explained in a comment.
        String plain = HeaderText.withoutComments(value)
                .strip()
                .replaceAll("\\s+", " ")
                .replaceAll(",(?=\\S)", ", ");
        try {
            DateTimeField field =
                    DateTimeFieldLenientImpl.PARSER.parse(new RawField("Date", plain), DecodeMonitor.SILENT);
            return field.getDate() == null ? null : field.getDate().toInstant().toEpochMilli();
        } catch (RuntimeException e) {
            return null; // not a date
        }
    }
}
