package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.TextValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the fields out of one text after the other; the pattern has to fit the whole text. From one thread. */
public final class LineMatcher {
    private final Field[] fields;
    private final boolean nulls;
    private final String nullMarker;
    private final BoundedText text = new BoundedText();
    private final Matcher matcher;

    /** @param captures those that may hold the field; the first that took part in the match does */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Field(String name, boolean nullable, TextValue value, Capture[] captures) {}

    LineMatcher(String regex, Field[] fields, boolean nulls, String nullMarker) {
        this.fields = fields;
        this.nulls = nulls;
        this.nullMarker = nullMarker;
        this.matcher = Pattern.compile(regex).matcher(text);
    }

    /**
     * @param into gets the fields, from {@code at} on
     * @throws RejectedEventException with a reason of {@link LineReason} or {@link TextReason}
     */
    public void read(String line, Object[] into, int at) throws RejectedEventException {
        if (matches(line)) {
            for (int i = 0; i < fields.length; i++) {
                into[at + i] = value(fields[i], line);
            }
        } else if (!nulls) {
            throw LineReason.NO_MATCH.reject("line " + TextReason.quoted(line) + " does not fit the pattern");
        }
    }

    private boolean matches(String line) throws RejectedEventException {
        text.set(line);
        matcher.reset();
        try {
            return matcher.matches();
        } catch (BoundedText.TooManyReadsException e) {
            throw LineReason.MATCH_TIMEOUT.reject("line " + TextReason.quoted(line) + " was given up after the pattern"
                    + " had looked at " + BoundedText.MOST_READS + " characters");
        } catch (StackOverflowError e) {
            throw LineReason.MATCH_TOO_DEEP.reject(
                    "line " + TextReason.quoted(line) + " nests the pattern deeper than the stack");
        }
    }

    private Object value(Field field, String line) throws RejectedEventException {
        String found = null;
        for (Capture capture : field.captures) {
            int start = matcher.start(capture.group());
            if (start >= 0) {
                found = captured(line, start, matcher.end(capture.group()), capture.quoted());
                break;
            }
        }
        if (found != null && !found.equals(nullMarker)) {
            return field.value.read(found);
        }
        if (!field.nullable) {
            throw TextReason.MISSING_FIELD.reject(
                    field.name + (found == null ? " is not there" : " is " + TextReason.quoted(found))
                            + ", in line " + TextReason.quoted(line));
        }
        return null;
    }

    private static String captured(String line, int start, int end, boolean quoted) {
        boolean inQuotes = quoted
                && end - start >= 2
                && line.charAt(start) == line.charAt(end - 1)
                && "\"'`".indexOf(line.charAt(start)) >= 0;
        return inQuotes ? line.substring(start + 1, end - 1) : line.substring(start, end);
    }
}
