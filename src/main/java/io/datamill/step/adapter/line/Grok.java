package io.datamill.step.adapter.line;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.TextInput;
import java.util.Map;
import java.util.function.BiConsumer;

/** Lines of text, by a grok pattern. */
public final class Grok {
    private Grok() {}

    /** The pattern, and the types of what it captures. */
    @VerbDoc(
            purpose = "Reads lines of text by a grok pattern, which has to fit the whole line: COMMONAPACHELOG,"
                    + " COMBINEDAPACHELOG (nginx's default too), SYSLOGLINE, HAPROXYHTTP and all else of java-grok's"
                    + " library, compiled to one java.util.regex expression. Each line that is not blank is an event. gzip"
                    + " and zlib are recognised.",
            signature = "record → fields, each of %{NAME:field}",
            errors = "NO_MATCH, LINE_TOO_LONG, MATCH_TIMEOUT (the pattern looked at 10,000,000 characters, about 100 ms),"
                    + " MATCH_TOO_DEEP, WRONG_TYPE, OUT_OF_RANGE and MISSING_FIELD reject the line; MALFORMED_TEXT,"
                    + " BROKEN_COMPRESSION and INFLATED_TOO_LARGE the record. What takes no part in the match gives null.",
            example = """
                    adapter:
                      grok:
                        pattern: "%{COMMONAPACHELOG}"
                        fields:
                          clientip: string
                          auth: string?
                          timestamp: timestamp[dd/MMM/yyyy:HH:mm:ss Z]
                          request: string?
                          response: int
                          bytes: long?
                        null-marker: "-"
                    input: '192.0.2.7 - ada [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 -'
                    output:
                      - { clientip: 192.0.2.7, auth: ada, timestamp: "2015-05-17T10:05:03Z", request: /a,
                          response: 200, bytes: null }
                    """)
    public record Config(
            @OptionDoc("The pattern: a regular expression with %{NAME}, %{NAME:field} or %{NAME:field:type} in it. Quotes"
                    + " around what QS and QUOTEDSTRING capture are taken away.")
                    String pattern,
            @OptionDoc(value = "Definitions of one's own, as { NAME: expression }, which may name others.", otherwise = "none")
                    Map<String, String> patterns,
            @OptionDoc(
                            value = "The fields and their types, as { name: type }; what else is captured is left out."
                                    + " timestamp[dd/MMM/yyyy:HH:mm:ss Z] and date[...] have their format in brackets.",
                            otherwise = "all that is captured, as string? or the type written behind it")
                    Fields fields,
            @OptionDoc(value = "The charset of the records.", otherwise = "utf-8") String charset,
            @OptionDoc(value = "Whether a record has many lines, or is a single one whatever is in it.", otherwise = "many")
                    Lines lines,
            @OptionDoc(
                            value = "What becomes of a line that does not fit: reject, or nulls for an event whose fields are"
                                    + " all null.",
                            otherwise = "reject")
                    LinePattern.OnMismatch onMismatch,
            @OptionDoc(value = "The text that stands for null, such as \"-\".", otherwise = "none") String nullMarker,
            @OptionDoc(value = "Characters of the longest line, 1 to 1048576.", otherwise = "8192") Integer maxLine)
            implements AdapterConfig {
        public Config {
            GrokPattern.requireValid(pattern, patterns);
            TextInput.charset(charset);
            LineOptions.checkedMaxLine(maxLine);
            onMismatch = onMismatch == null ? LinePattern.OnMismatch.REJECT : onMismatch;
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            LinePattern planned = new GrokPattern(pattern, patterns).plan(fields, onMismatch, nullMarker, problems);
            return planned == null
                    ? null
                    : new LineAdapter(new PatternReader(planned), LineOptions.of(charset, lines, maxLine));
        }
    }
}
