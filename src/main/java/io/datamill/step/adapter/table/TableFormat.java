package io.datamill.step.adapter.table;

import io.datamill.schema.Fields;
import io.datamill.step.adapter.TextInput;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a table is written, whatever its delimiter.
 *
 * @param columns the fields of an event, in the order of the columns where there is no header
 * @param header whether each record begins with a row of the columns' names
 * @param nullMarker what stands, without quotes, for null
 * @param delimiter between the fields
 * @param quote around a field that has delimiters, ends of lines or doubled quotes in it; {@link #UNQUOTED} for none
 * @param charset a name, or null
 * @param names the column's name in the header by the field's, where they differ
 * @param filling whether a row that is too short has nulls at its end
 */
record TableFormat(
        Fields columns,
        boolean header,
        String nullMarker,
        char delimiter,
        char quote,
        String charset,
        Map<String, String> names,
        boolean filling)
        implements Serializable {
    /** No quotes: a field may then hold neither delimiters nor ends of lines. */
    static final char UNQUOTED = '\0';

    TableFormat {
        if (columns == null) {
            throw new IllegalArgumentException("columns is missing; give the columns, such as { id: string, size: int }");
        }
        TextInput.charset(charset);
        nullMarker = nullMarker == null ? "" : nullMarker;
        names = names == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(names));
        if (!header && !names.isEmpty()) {
            throw new IllegalArgumentException("names is of no use without a header; the columns go by their order");
        }
        if (quote == delimiter) {
            throw new IllegalArgumentException("quote is the delimiter; choose another");
        }
    }

    /**
     * The character that an option gives.
     *
     * @throws IllegalArgumentException if it is not one, or ends lines
     */
    static char character(String option, String written) {
        if (written.length() != 1 || "\r\n\0\uFEFF".contains(written) || Character.isSurrogate(written.charAt(0))) {
            throw new IllegalArgumentException(option + " is '" + written + "', expected one character, no end of line");
        }
        return written.charAt(0);
    }

    boolean isQuoting() {
        return quote != UNQUOTED;
    }
}
