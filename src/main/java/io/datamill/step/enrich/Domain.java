package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Adds the registrable domain of a host, e-mail address or URL, by the public suffix list. */
public final class Domain implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final Schema PARTS = Added.record(
            "Domain", "registrable", "string?", "suffix", "string?", "subdomain", "string?", "private", "boolean");

    /** What the field holds. */
    public enum From {
        DOMAIN,
        EMAIL,
        URL
    }

    /** Which field to look at, what it holds, and the field to add. */
    @VerbDoc(
            purpose = "Adds the registrable domain of a host name, e-mail address or URL, by the public suffix list"
                    + " (publicsuffix.org; the copy is of 2025-11-27). Names are in lower case and ASCII"
                    + " (xn--) after it.",
            signature = "field: string? → as: {registrable: string?, suffix: string?, subdomain: string?,"
                    + " private: boolean}",
            errors = "None. All is null where there is no host name in the text, or an IP address; registrable is null"
                    + " where the host is itself a suffix or a single label. private is true where the suffix is one"
                    + " that a domain's owner has named, such as github.io, and no registry's.",
            example = """
                    step: { domain: { field: url, as: site, from: url } }
                    fields: { url: string }
                    input:
                      - { url: "https://shop.Example.co.uk:8443/a?b=c" }
                      - { url: "ann.github.io" }
                      - { url: "http://192.0.2.1/" }
                    output:
                      - url: "https://shop.Example.co.uk:8443/a?b=c"
                        site: { registrable: example.co.uk, suffix: co.uk, subdomain: shop, private: false }
                      - url: ann.github.io
                        site: { registrable: ann.github.io, suffix: github.io, subdomain: null, private: true }
                      - url: "http://192.0.2.1/"
                        site: { registrable: null, suffix: null, subdomain: null, private: false }
                    """)
    public record Config(
            @OptionDoc("A string field.") String field,
            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value = "What the field holds: domain, email or url (with or without its scheme).",
                    otherwise = "domain")
            From from)
            implements StepConfig {
        public Config {
            Added.required("field", field, "the field with the domain");
            Added.requiredAs(as);
            from = from == null ? From.DOMAIN : from;
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, PARTS);
            Schema.Field found = Added.string(planning, "field", field);
            return found == null ? null : new Domain(found.pos(), from);
        }
    }

    private final int field;
    private final From from;
    private transient PublicSuffixes suffixes;

    private Domain(int field, From from) {
        this.field = field;
        this.from = from;
    }

    @Override
    public void open() {
        suffixes = PublicSuffixes.bundled();
    }

    @Override
    public Event apply(Event event) {
        String text = (String) event.values()[field];
        String host = switch (from) {
            case DOMAIN -> Host.ofDomain(text);
            case EMAIL -> Host.ofEmail(text);
            case URL -> Host.ofUrl(text);
        };
        return Added.to(event, parts(suffixes.split(host)));
    }

    private static GenericData.Record parts(PublicSuffixes.Split split) {
        GenericData.Record parts = new GenericData.Record(PARTS);
        parts.put(3, split != null && split.ofPrivate());
        if (split != null) {
            String host = split.host();
            int registrable = split.registrable();
            parts.put(0, split.registrableDomain());
            parts.put(1, split.listed() || registrable >= 0 ? host.substring(split.suffix()) : null);
            parts.put(2, registrable > 0 ? host.substring(0, registrable - 1) : null);
        }
        return parts;
    }
}
