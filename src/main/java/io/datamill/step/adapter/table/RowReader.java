package io.datamill.step.adapter.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes text apart into rows. Lines end with CR, LF or both; lines with nothing on them are passed over. */
final class RowReader {
    /** More rows, or a row of more fields, are refused. */
    static final int MOST_ROWS = 100_000;

    static final int MOST_FIELDS = 4096;

    private static final int LONGEST_PROBLEM = 240;

    private final TableFormat format;
    private final CsvReader.CsvReaderBuilder builder;

    RowReader(TableFormat format) {
        this.format = format;
        this.builder = CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .skipEmptyLines(true)
                // Such a row is a reject of its own; the library would give up the record.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false);
        if (format.isQuoting()) {
            builder.quoteCharacter(format.quote());
        }
    }

    List<Row> rows(CharBuffer text) throws RejectedEventException {
        List<Row> rows = new ArrayList<>();
        if (!format.isQuoting()) {
            split(text, rows);
            return rows;
        }
        try (CsvReader<Row> reader = builder.build(new RowHandler(), text.toString())) {
            for (Row row : reader) {
                add(row, rows);
            }
        } catch (CsvParseException e) {
            throw TableReason.MALFORMED_TABLE.reject(TextReason.printable(message(e), LONGEST_PROBLEM));
        } catch (IOException e) {
            throw new UncheckedIOException("characters in memory", e);
        }
        return rows;
    }

    private static String message(CsvParseException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    private static void add(Row row, List<Row> rows) throws RejectedEventException {
        if (row.fields().length > MOST_FIELDS) {
            throw TableReason.MALFORMED_TABLE.reject("a row has more than " + MOST_FIELDS + " fields");
        }
        if (rows.size() == MOST_ROWS) {
            throw TableReason.MALFORMED_TABLE.reject("the record has more than " + MOST_ROWS + " rows");
        }
        rows.add(row);
    }

    /** Without quotes: as text/tab-separated-values, https://www.iana.org/assignments/media-types/text/tab-separated-values. */
    private void split(CharBuffer text, List<Row> rows) throws RejectedEventException {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean ends = i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r';
            if (!ends && text.charAt(i) != format.delimiter()) {
                continue;
            }
            if (!ends || i > start || !fields.isEmpty()) {
                fields.add(text.subSequence(start, i).toString());
            }
            start = i + 1;
            if (ends && !fields.isEmpty()) {
                add(new Row(fields.toArray(String[]::new), new boolean[fields.size()]), rows);
                fields.clear();
            }
        }
    }

    /** Keeps which fields stood in quotes. */
    private static final class RowHandler extends AbstractBaseCsvCallbackHandler<Row> {
        private String[] fields = new String[16];
        private boolean[] quoted = new boolean[16];
        private int count;

        @Override
        protected void handleBegin(long line) {
            count = 0;
        }

        @Override
        protected void handleField(int index, char[] text, int offset, int length, boolean inQuotes) {
            if (count == fields.length) {
                fields = Arrays.copyOf(fields, count * 2);
                quoted = Arrays.copyOf(quoted, count * 2);
            }
            fields[count] = new String(text, offset, length);
            quoted[count] = inQuotes;
            count++;
        }

        @Override
        protected Row buildRecord() {
            return new Row(Arrays.copyOf(fields, count), Arrays.copyOf(quoted, count));
        }
    }
}
