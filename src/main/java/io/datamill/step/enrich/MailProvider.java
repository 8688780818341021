package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.IOException;
import org.apache.avro.Schema;

/** Says whether a domain is that of a free or of a disposable mail provider. */
public final class MailProvider implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final String FREE = "free";
    private static final String DISPOSABLE = "disposable";

    /** The npm packages' lists, read once for each JVM. Of 14,125 free ones 399 are also disposable, as of these versions. */
    private static final class Known {
        private static final DomainList FREE = new DomainList(Bundled.strings("free-email-domains/domains.json"));
        private static final DomainList DISPOSABLE =
                new DomainList(Bundled.strings("disposable-email-domains/index.json"));
        private static final DomainList DISPOSABLE_WITH_ALL_BELOW =
                new DomainList(Bundled.strings("disposable-email-domains/wildcard.json").stream()
                        .map(domain -> '.' + domain)
                        .toList());
    }

    /** Which field to look at, the field to add, and lists beside those that come with it. */
    @VerbDoc(
            purpose = "Adds whether a domain is that of a free mail provider (gmail.com) or of one whose addresses are"
                    + " made to be thrown away (mailinator.com). The lists are those of the npm packages"
                    + " free-email-domains 1.12.6 and disposable-email-domains 1.0.62.",
            signature = "field: string? → as: string?",
            errors = "None. Null where the domain is on no list, or the text has no domain. A domain that is on both"
                    + " lists is disposable. The free list has taken in a blocklist of disposable domains"
                    + " (github.com/disposable-email-domains), of whose 8,335 domains 5,454 are given as free; the option"
                    + " disposable mends that with a copy of it. The job does not start where a file is missing or a line of it is no"
                    + " domain.",
            example = """
                    step: { mail-provider: { field: sender, as: provider } }
                    fields: { sender: string? }
                    input: [{ sender: ann@gmail.com }, { sender: Mailinator.com }, { sender: bob@example.com }, { sender: null }]
                    output:
                      - { sender: ann@gmail.com, provider: free }
                      - { sender: Mailinator.com, provider: disposable }
                      - { sender: bob@example.com, provider: null }
                      - { sender: null, provider: null }
                    """)
    public record Config(
            @OptionDoc("A string field with a domain or an e-mail address.")
            String field,

            @OptionDoc("The field to add: free, disposable or null.")
            String as,

            @OptionDoc(
                    value = "The path of a text file with more free providers, one domain a line; .example.com is with"
                            + " all names below it. Read again within 30 s of an event when it has changed.",
                    otherwise = "none")
            Reference free,

            @OptionDoc(value = "The same for disposable ones.", otherwise = "none")
            Reference disposable)
            implements StepConfig {
        public Config {
            Added.required("field", field, "the field with the domain or e-mail address");
            Added.requiredAs(as);
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, TypeText.parse("string?"));
            Schema.Field found = Added.string(planning, "field", field);
            return found == null ? null : new MailProvider(found.pos(), free, disposable);
        }
    }

    private final int field;
    private final Reference free;
    private final Reference disposable;
    private transient WatchedFile<DomainList> ownFree;
    private transient WatchedFile<DomainList> ownDisposable;

    private MailProvider(int field, Reference free, Reference disposable) {
        this.field = field;
        this.free = free;
        this.disposable = disposable;
    }

    /** @throws IOException naming the file and the line, if a list of one's own cannot be read */
    @Override
    public void open() throws IOException {
        ownFree = free == null ? null : DomainList.watch(free, System::nanoTime);
        ownDisposable = disposable == null ? null : DomainList.watch(disposable, System::nanoTime);
        Known.FREE.size(); // Reads the lists now, and not at the first event.
    }

    @Override
    public Event apply(Event event) {
        String text = (String) event.values()[field];
        String host = text != null && text.indexOf('@') >= 0 ? Host.ofEmail(text) : Host.ofDomain(text);
        return Added.to(event, host == null ? null : provider(host));
    }

    private String provider(String host) {
        String known = known(host);
        if (DISPOSABLE.equals(known)
                || (ownDisposable != null && ownDisposable.current().has(host))) {
            return DISPOSABLE;
        }
        return known != null || (ownFree != null && ownFree.current().has(host)) ? FREE : null;
    }

    /** By the lists that come with it: free, disposable or null. */
    static String known(String host) {
        if (Known.DISPOSABLE.has(host) || Known.DISPOSABLE_WITH_ALL_BELOW.has(host)) {
            return DISPOSABLE;
        }
        return Known.FREE.has(host) ? FREE : null;
    }
}
