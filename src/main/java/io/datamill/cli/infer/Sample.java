package io.datamill.cli.infer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads files record by record into what has been observed; a record is held alone. */
final class Sample {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 16;

    private final long limit;
    private final Format asked;
    private final Observed observed = new Observed();
    private final List<String> columns = new ArrayList<>();
    private Format format;
    private org.apache.avro.Schema schema;
    private long records;
    private long others;

    /**
     * @param limit so many records are read at most
     * @param asked null: by name or content of each file
     */
    Sample(long limit, Format asked) {
        this.limit = limit;
        this.asked = asked;
    }

    void read(Path file) throws IOException {
        try (InputStream in = open(file)) {
            Format found = asked != null ? asked : Format.of(file.getFileName().toString().replaceFirst("\\.gz$", ""), in);
            if (format != null && format != found) {
                throw new BadSampleException(file + ": is " + found + ", but the files before it are " + format);
            }
            format = found;
            switch (found) {
                case JSON -> json(file, in);
                case CSV -> csv(file, in, ',');
                case TSV -> csv(file, in, '\t');
                case AVRO -> schema = AvroSample.read(file, in, schema, this);
            }
        } catch (CharacterCodingException e) {
            throw new BadSampleException(file + ": not UTF-8");
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }

    /** Objects one behind the other, or arrays of them. */
    private void json(Path file, InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(text(in))) {
            for (JsonToken token = parser.nextToken(); token != null && !isFull(); token = parser.nextToken()) {
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    add(parser.readValueAs(Object.class));
                }
            }
        } catch (JsonProcessingException e) {
            throw new BadSampleException(file + ":" + e.getLocation().getLineNr() + ":"
                    + e.getLocation().getColumnNr() + ": not JSON: " + e.getOriginalMessage());
        }
    }

    private void csv(Path file, InputStream in, char separator) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator(separator).allowExtraFields(true).allowMissingFields(true).ofCsvRecord(text(in))) {
            List<String> header = null;
            for (CsvRecord row : reader) {
                if (header == null) {
                    header = List.copyOf(row.getFields());
                    columns.addAll(columns.isEmpty() ? header : List.of());
                } else if (isFull()) {
                    return;
                } else {
                    add(row(file, row, header));
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException malformed) {
                throw malformed;
            }
            throw new BadSampleException(file + ": not " + format + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> row(Path file, CsvRecord row, List<String> header) throws BadSampleException {
        if (row.getFieldCount() != header.size()) {
            throw new BadSampleException(file + ":" + row.getStartingLineNumber() + ": " + row.getFieldCount()
                    + " columns, expected " + header.size() + " as in the header");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), row.getField(i).isEmpty() ? null : row.getField(i));
        }
        return values;
    }

    private static Reader text(InputStream in) throws IOException {
        // A decoder, unlike a charset, says what is malformed.
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    void add(Object record) {
        if (record instanceof Map) {
            observed.add(record);
            records++;
        } else {
            others++;
        }
    }

    boolean isFull() {
        return records >= limit;
    }

    /** Of all files. */
    Format format() {
        return format;
    }

    Observed observed() {
        return observed;
    }

    /** The first file's header. */
    List<String> columns() {
        return columns;
    }

    /** The schema that Avro files were written with, else null. */
    org.apache.avro.Schema schema() {
        return schema;
    }

    long records() {
        return records;
    }

    /** Values in the place of a record that are no objects. */
    long others() {
        return others;
    }
}
