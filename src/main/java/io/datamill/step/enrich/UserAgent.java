package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.yaml.snakeyaml.LoaderOptions;
import ua_parser.Client;
import ua_parser.Parser;

/** Adds what a User-Agent header says of the browser, the operating system and the device. */
public final class UserAgent implements StatelessStep {
    private static final long serialVersionUID = 1L;
    /** Some of the patterns take a time that grows faster than the text: 2 s for 60,000 characters. */
    private static final int LONGEST = 1_024;

    private static final int REMEMBERED = 10_000;
    /** In characters. The library's own bound is 4 MB; a list of 2026 has 0.2 MB. */
    private static final int LARGEST_LIST = 16 << 20;

    private static final String SPIDER = "Spider";
    private static final String OTHER = "Other";
    private static final Schema AGENT = Added.record(
            "UserAgent",
            "family",
            "string",
            "major",
            "string?",
            "os",
            "string",
            "os_major",
            "string?",
            "device",
            "string",
            "bot",
            "boolean");

    /** Made once for each JVM. */
    private static final class Bundle {
        private static final Parser PARSER = parser();

        private static Parser parser() {
            try (InputStream regexes = Bundled.open("uap-core/regexes.yaml")) {
                return UserAgent.parser(regexes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Which field to look at, the field to add, and a newer list of patterns. */
    @VerbDoc(
            purpose = "Adds the browser, operating system and device that a User-Agent header names, by the patterns of"
                    + " uap-core 0.18.0. Of the header the first 1,024 characters are looked at; the answers to the"
                    + " 10,000 headers last seen are remembered by each subtask. One that is not among them takes about"
                    + " 1 ms.",
            signature = "field: string? → as: {family: string, major: string?, os: string, os_major: string?,"
                    + " device: string, bot: boolean}",
            errors = "None. Other where it is not known, also for null; bot is true where the device is a Spider.",
            example = """
                    step: { user-agent: { field: agent, as: ua } }
                    fields: { agent: string }
                    input:
                      - { agent: "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0" }
                      - { agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }
                    output:
                      - agent: "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"
                        ua: { family: Firefox, major: "115", os: Linux, os_major: null, device: Other, bot: false }
                      - agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
                        ua: { family: Googlebot, major: "2", os: Other, os_major: null, device: Spider, bot: true }
                    """)
    public record Config(
            @OptionDoc("The string field with the header.") String field,
            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value = "The path of a newer regexes.yaml of github.com/ua-parser/uap-core. Read again within 30 s"
                            + " of an event when it has changed.",
                    otherwise = "that of uap-core 0.18.0")
            Reference regexes)
            implements StepConfig {
        public Config {
            Added.required("field", field, "the field with the User-Agent header");
            Added.requiredAs(as);
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, AGENT);
            Schema.Field found = Added.string(planning, "field", field);
            return found == null ? null : new UserAgent(found.pos(), regexes);
        }
    }

    private final int field;
    private final Reference regexes;
    private transient WatchedFile<Parser> watched;
    private transient Parser current;
    private transient Map<String, GenericData.Record> known;

    private UserAgent(int field, Reference regexes) {
        this.field = field;
        this.regexes = regexes;
    }

    /** @throws IOException naming the file, if the patterns cannot be read */
    @Override
    public void open() throws IOException {
        known = new Recent<>(REMEMBERED);
        watched = regexes == null
                ? null
                : WatchedFile.open(Path.of(regexes.resolve()), Parser.class, UserAgent::parser, System::nanoTime);
        current = watched == null ? Bundle.PARSER : watched.current();
    }

    @Override
    public Event apply(Event event) {
        if (watched != null && watched.current() != current) {
            current = watched.current();
            known.clear();
        }
        String text = (String) event.values()[field];
        String header = text != null && text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return Added.to(event, known.computeIfAbsent(header == null ? "" : header, this::agent));
    }

    private GenericData.Record agent(String header) {
        Client client = current.parse(header);
        GenericData.Record agent = new GenericData.Record(AGENT);
        agent.put(0, known(client.userAgent.family));
        agent.put(1, client.userAgent.major);
        agent.put(2, known(client.os.family));
        agent.put(3, client.os.major);
        agent.put(4, known(client.device.family));
        agent.put(5, SPIDER.equals(client.device.family));
        return agent;
    }

    private static String known(String family) {
        return family == null ? OTHER : family;
    }

    private static Parser parser(Path path) throws IOException {
        try (InputStream regexes = Files.newInputStream(path)) {
            return parser(regexes);
        } catch (RuntimeException e) {
            throw new IOException(path + " is no regexes.yaml of uap-core: " + e, e);
        }
    }

    private static Parser parser(InputStream regexes) {
        LoaderOptions options = Parser.getDefaultLoaderOptions();
        options.setCodePointLimit(LARGEST_LIST);
        return new Parser(regexes, options);
    }
}
