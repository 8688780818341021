package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** Says whether a URL, or any of several, is that of a URL shortener. */
public final class UrlShortener implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final int MOST_URLS = 1_000;
    private static final String WWW = "www.";

    /** Read once for each JVM. */
    private static final class Known {
        private static final DomainList HOSTS = read();

        private static DomainList read() {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Bundled.open("url-shorteners.txt"), StandardCharsets.UTF_8))) {
                return new DomainList(lines.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Which field to look at, the field to add, and a list beside that which comes with it. */
    @VerbDoc(
            purpose = "Adds whether the host of a URL is one of some 160 known URL shorteners, such as bit.ly, with or"
                    + " without www. in front; of several URLs, whether any is.",
            signature = "field: string? or array<string> → as: boolean",
            errors = "None. False where there is no host in the text, and for null. Of an array the first 1,000 are"
                    + " looked at. The job does not start where the file is missing or a line of it is no domain.",
            example = """
                    step: { url-shortener: { field: urls, as: shortened } }
                    fields: { urls: array<string> }
                    input: [{ urls: ["https://example.com/a", "http://bit.ly/2x"] }, { urls: ["https://notbit.ly/a"] }]
                    output:
                      - { urls: ["https://example.com/a", "http://bit.ly/2x"], shortened: true }
                      - { urls: ["https://notbit.ly/a"], shortened: false }
                    """)
    public record Config(
            @OptionDoc("A field with a URL or a host, or an array of them.")
            String field,

            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value = "The path of a text file with more shorteners, one host a line; .example.com is with all"
                            + " names below it. Read again within 30 s of an event when it has changed.",
                    otherwise = "none")
            Reference also)
            implements StepConfig {
        public Config {
            Added.required("field", field, "the field with the URL, or with several");
            Added.requiredAs(as);
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, TypeText.parse("boolean"));
            Schema.Field found = planning.field("field", field);
            if (found != null && !FieldTypes.isString(found.schema()) && !isStrings(found.schema())) {
                planning.problem(
                        "field",
                        "field '" + field + "' is " + FieldTypes.describe(found.schema())
                                + ", expected a string or an array of strings");
                return null;
            }
            return found == null ? null : new UrlShortener(found.pos(), also);
        }

        private static boolean isStrings(Schema schema) {
            Schema type = FieldTypes.withoutNull(schema);
            return type.getType() == Schema.Type.ARRAY && FieldTypes.isString(type.getElementType());
        }
    }

    private final int field;
    private final Reference also;
    private transient WatchedFile<DomainList> own;

    private UrlShortener(int field, Reference also) {
        this.field = field;
        this.also = also;
    }

    /** @throws IOException naming the file and the line, if the list of one's own cannot be read */
    @Override
    public void open() throws IOException {
        own = also == null ? null : DomainList.watch(also, System::nanoTime);
        Known.HOSTS.size(); // Reads the list now, and not at the first event.
    }

    @Override
    public Event apply(Event event) {
        Object value = event.values()[field];
        return Added.to(event, value instanceof List<?> urls ? isAny(urls) : isOne((String) value));
    }

    private boolean isAny(List<?> urls) {
        int most = Math.min(urls.size(), MOST_URLS);
        for (int i = 0; i < most; i++) {
            if (isOne((String) urls.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOne(String url) {
        String host = Host.ofUrl(url);
        if (host == null) {
            return false;
        }
        String bare = host.startsWith(WWW) ? host.substring(WWW.length()) : host;
        return Known.HOSTS.has(bare) || (own != null && own.current().has(bare));
    }
}
