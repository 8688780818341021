package io.datamill.step.adapter.table;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import java.util.Map;
import java.util.function.BiConsumer;

/** Tab-separated values as IANA's text/tab-separated-values has them: a field holds neither tabs nor ends of lines. */
public final class Tsv {
    private static final String TAB = "\t";

    private Tsv() {}

    @VerbDoc(
            purpose = "Reads tab-separated values (IANA's text/tab-separated-values): each row is an event. Quotes mean nothing"
                    + " unless quote is given. Otherwise as csv.",
            signature = "text → the columns: int, long, double, decimal, string, bytes (base64), boolean, timestamp, date,"
                    + " enum",
            errors = "As csv's.",
            example = """
                    adapter: { tsv: { columns: { id: int, height: string? }, header: false, null-marker: "\\\\N" } }
                    input: "7\\t5\\"\\n8\\t\\\\N\\n"
                    output:
                      - { id: 7, height: "5\\"" }
                      - { id: 8, height: null }
                    """)
    public record Config(
            @OptionDoc("The event's fields and their types, in the order of the columns where there is no header; as csv's.")
                    Fields columns,
            @OptionDoc(
                            value = "Whether each record begins with the columns' names, in any order; columns that are not"
                                    + " among the fields are ignored, and a nullable field without one is null.",
                            otherwise = "true")
                    Boolean header,
            @OptionDoc(
                            value = "What stands for null. A string that is not nullable takes the empty field as the empty"
                                    + " string.",
                            otherwise = "\"\"")
                    String nullMarker,
            @OptionDoc(
                            value = "The character around fields that hold tabs or ends of lines, doubled within.",
                            otherwise = "none")
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
            quote = quote == null ? "" : quote;
            Csv.format(columns, header, nullMarker, TAB, quote, charset, names, ragged);
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            return Table.plan(Csv.format(columns, header, nullMarker, TAB, quote, charset, names, ragged), problems);
        }
    }
}
