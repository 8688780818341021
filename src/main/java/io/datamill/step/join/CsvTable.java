package io.datamill.step.join;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.datamill.schema.TypeText;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;

/**
 * A CSV file (RFC 4180, UTF-8, a header line) on the heap, by its key columns. All subtasks of a JVM share one copy of a
 * file, for as long as one of them holds it.
 */
final class CsvTable {
    static final long MAX_BYTES = 64L << 20;

    private static final Map<Source, WeakReference<CsvTable>> OPEN = new HashMap<>();

    /** Of a file with the same, nothing has changed. */
    record Version(Path path, FileTime modified, long size) {
        /** @throws IOException if the file is not there */
        static Version of(Path path) throws IOException {
            return new Version(path.toRealPath(), Files.getLastModifiedTime(path), Files.size(path));
        }
    }

    private record Source(Version version, List<String> key, Taken taken) {}

    private final Version version;
    private final Map<Object, GenericData.Record> rows;

    private CsvTable(Version version, Map<Object, GenericData.Record> rows) {
        this.version = version;
        this.rows = rows;
    }

    /**
     * Reads a file, or finds what another subtask has read.
     *
     * @throws IOException naming the file and the line, if it cannot be read or a value is not of its column's type
     */
    static synchronized CsvTable open(Path path, List<String> key, Taken taken) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("table " + path + " is not there, or no file");
        }
        Version version = Version.of(path);
        Source source = new Source(version, key, taken);
        WeakReference<CsvTable> known = OPEN.get(source);
        CsvTable table = known == null ? null : known.get();
        if (table == null) {
            table = new CsvTable(version, read(path, key, taken));
            OPEN.values().removeIf(reference -> reference.get() == null);
            OPEN.put(source, new WeakReference<>(table));
        }
        return table;
    }

    Version version() {
        return version;
    }

    /** The first row of the key, or null where there is none. */
    GenericData.Record find(Object key) {
        return rows.get(key);
    }

    private static Map<Object, GenericData.Record> read(Path path, List<String> key, Taken taken) throws IOException {
        String text = text(path);
        Map<Object, GenericData.Record> rows = new HashMap<>();
        List<String> columns = taken.columns();
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().allowUnclosedQuote(false).ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                if (rows.isEmpty()) {
                    requireColumns(path, row.getHeader(), key, columns);
                }
                if (row.getFieldCount() != row.getHeader().size()) {
                    throw new IOException("table " + path + ", line " + row.getStartingLineNumber() + " has "
                            + row.getFieldCount() + " cells, expected "
                            + row.getHeader().size());
                }
                rows.putIfAbsent(keyOf(row, key), record(path, row, columns, taken));
            }
        } catch (CsvParseException | IllegalArgumentException e) {
            throw new IOException("table " + path + " is no CSV: " + e.getMessage(), e);
        }
        return rows;
    }

    private static String text(Path path) throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("table " + path + " has " + Files.size(path) + " bytes, expected up to " + MAX_BYTES);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("table " + path + " is not UTF-8: " + e.getMessage(), e);
        }
    }

    private static void requireColumns(Path path, List<String> header, List<String> key, List<String> taken)
            throws IOException {
        List<String> missing = new ArrayList<>(key);
        missing.addAll(taken);
        missing.removeAll(header);
        if (!missing.isEmpty()) {
            throw new IOException("table " + path + " has no column " + missing + "; it has " + header);
        }
    }

    private static Object keyOf(NamedCsvRecord row, List<String> key) {
        return key.size() == 1
                ? row.getField(key.get(0))
                : key.stream().map(row::getField).toList();
    }

    private static GenericData.Record record(Path path, NamedCsvRecord row, List<String> columns, Taken taken)
            throws IOException {
        GenericData.Record record = new GenericData.Record(taken.schema());
        for (int i = 0; i < columns.size(); i++) {
            String text = row.getField(columns.get(i));
            try {
                record.put(i, taken.parse(i, text));
            } catch (RuntimeException e) {
                throw new IOException(
                        "table " + path + ", line " + row.getStartingLineNumber() + ": '" + text + "' in column "
                                + columns.get(i) + " is no " + TypeText.of(taken.type(i)),
                        e);
            }
        }
        return record;
    }
}
