package io.datamill.step.adapter.table;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import java.util.Map;
import java.util.function.BiConsumer;

/** Comma-separated values by RFC 4180; lines may also end with LF or CR alone. */
public final class Csv {
    private Csv() {}

    @VerbDoc(
            purpose = "Reads comma-separated values by RFC 4180: each row is an event. A record holds one row or more,"
                    + " below a header unless header is false. Lines end with CR, LF or both; empty ones are passed over;"
                    + " a byte order mark is taken away; gzip and zlib are recognised.",
            signature = "text → the columns: int, long, double, decimal, string, bytes (base64), boolean, timestamp, date,"
                    + " enum",
            errors = "The record: MALFORMED_TEXT, BROKEN_COMPRESSION, INFLATED_TOO_LARGE (16 MiB), MALFORMED_TABLE (a quote"
                    + " that does not end, text behind a closing quote, no row, more than 100000 rows or 4096 fields),"
                    + " DUPLICATE_NAME (two columns of one name), MISSING_FIELD (no such column, and it is not nullable)."
                    + " One row alone: ROW_LENGTH, WRONG_TYPE, OUT_OF_RANGE, MISSING_FIELD.",
            example = """
                    adapter: { csv: { columns: { id: int, name: string?, day: "date[dd.MM.yyyy]" } } }
                    input: "name,day,id\\n\\"Smith, J.\\",31.01.2026,7\\n,01.02.2026,8\\n"
                    output:
                      - { id: 7, name: "Smith, J.", day: 2026-01-31 }
                      - { id: 8, name: null, day: 2026-02-01 }
                    """)
    public record Config(
            @OptionDoc("The event's fields and their types, in the order of the columns where there is no header. A timestamp"
                            + " is ISO-8601 with an offset, or of the format in brackets: epoch-seconds, epoch-millis, or a"
                            + " pattern such as dd/MM/yyyy HH:mm|Europe/Vienna.")
                    Fields columns,
            @OptionDoc(
                            value = "Whether each record begins with the columns' names, in any order; columns that are not"
                                    + " among the fields are ignored, and a nullable field without one is null.",
                            otherwise = "true")
                    Boolean header,
            @OptionDoc(
                            value = "What, without quotes, stands for null. A string that is not nullable takes the empty field"
                                    + " as the empty string.",
                            otherwise = "\"\"")
                    String nullMarker,
            @OptionDoc(value = "The character between fields.", otherwise = "\",\"") String delimiter,
            @OptionDoc(
                            value = "The character around fields that hold delimiters or ends of lines, doubled within; the empty"
                                    + " text for none. In files only the usual one is known: with another a file is one record.",
                            otherwise = "'\"'")
                    String quote,
            @OptionDoc(value = "The charset of the text.", otherwise = "utf-8") String charset,
            @OptionDoc(value = "The names in the header, by field, where they differ.", otherwise = "{}")
                    Map<String, String> names,
            @OptionDoc(
                            value = "A row with fewer fields than columns: refuse (ROW_LENGTH), or fill, where the missing are"
                                    + " null. One with more is always refused.",
                            otherwise = "refuse")
                    Ragged ragged)
            implements AdapterConfig {
        public Config {
            header = header == null || header;
            delimiter = delimiter == null ? "," : delimiter;
            quote = quote == null ? "\"" : quote;
            format(columns, header, nullMarker, delimiter, quote, charset, names, ragged);
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            return Table.plan(
                    format(columns, header, nullMarker, delimiter, quote, charset, names, ragged), problems);
        }
    }

    @SuppressWarnings("TooManyParameters") // The options of one verb.
    static TableFormat format(
            Fields columns,
            boolean header,
            String nullMarker,
            String delimiter,
            String quote,
            String charset,
            Map<String, String> names,
            Ragged ragged) {
        return new TableFormat(
                columns,
                header,
                nullMarker,
                TableFormat.character("delimiter", delimiter),
                quote.isEmpty() ? TableFormat.UNQUOTED : TableFormat.character("quote", quote),
                charset,
                names,
                ragged == Ragged.FILL);
    }
}
