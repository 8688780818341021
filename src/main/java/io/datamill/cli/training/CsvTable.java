package io.datamill.cli.training;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.datamill.source.UnreadableFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Files of comma-separated values in UTF-8, each with a first line of names. A column is of numbers where every value of
 * every file is one, of true and false likewise, and otherwise of texts; an empty value is null.
 */
@SuppressWarnings("ArrayRecordComponent") // Columns by position, never compared.
record CsvTable(List<DataFile> files, Schema schema, CsvColumn[] columns) implements Table {

    /** @param texts columns that are texts whatever is in them */
    static CsvTable of(List<DataFile> files, Set<String> texts) throws IOException {
        Map<String, CsvColumn> columns = new LinkedHashMap<>();
        for (DataFile file : files) {
            read(file, (header, row) -> {
                for (int i = 0; i < header.size(); i++) {
                    String name = header.get(i);
                    CsvColumn column = columns.computeIfAbsent(name, key -> new CsvColumn(texts.contains(key)));
                    if (row != null) {
                        column.see(row.getField(i));
                    }
                }
            });
        }
        List<Schema.Field> fields = new ArrayList<>();
        columns.forEach((name, column) -> fields.add(new Schema.Field(name, column.schema(), null, (Object) null)));
        Schema schema = Schema.createRecord("Row", null, null, false, fields);
        return new CsvTable(List.copyOf(files), schema, columns.values().toArray(CsvColumn[]::new));
    }

    @Override
    public void forEach(Taker taker) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            int file = i;
            read(files.get(i), (header, row) -> {
                if (row != null) {
                    taker.take(file, values(header, row));
                }
            });
        }
    }

    private Object[] values(List<String> header, CsvRecord row) {
        Object[] values = new Object[columns.length];
        for (int i = 0; i < header.size(); i++) {
            int position = schema.getField(header.get(i)).pos();
            values[position] = columns[position].value(row.getField(i));
        }
        return values;
    }

    /** Takes the header with null first, and then with each row. */
    private interface RowTaker {
        void take(List<String> header, CsvRecord row);
    }

    private static void read(DataFile file, RowTaker taker) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text(file))) {
            List<String> header = null;
            for (CsvRecord row : reader) {
                if (header == null) {
                    header = header(file, row.getFields());
                    taker.take(header, null);
                } else if (row.getFieldCount() != header.size()) {
                    throw new UnreadableFileException(
                            file + ":" + row.getStartingLineNumber() + ": " + row.getFieldCount()
                                    + " columns, expected " + header.size() + " as in the header",
                            null);
                } else {
                    taker.take(header, row);
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = cause instanceof java.nio.charset.CharacterCodingException ? "not UTF-8" : e.getMessage();
            throw new UnreadableFileException(file + ": is no CSV that can be read: " + why, e);
        }
    }

    private static Reader text(DataFile file) throws IOException {
        // A decoder, unlike a charset, says what is malformed.
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static List<String> header(DataFile file, List<String> written) throws UnreadableFileException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String name = CsvColumn.field(written.get(i).strip());
            if (name.isEmpty() || names.contains(name)) {
                throw new UnreadableFileException(
                        file + ": column " + (i + 1)
                                + (name.isEmpty() ? " has no name" : " is '" + written.get(i) + "' once more")
                                + " in the first line",
                        null);
            }
            names.add(name);
        }
        return names;
    }
}
