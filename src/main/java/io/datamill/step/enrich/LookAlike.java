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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Says which watched domain another domain is made to look like. */
public final class LookAlike implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final Schema LIKENESS =
            Added.record("LookAlike", "looks_like", "string?", "how", "string?", "distance", "int?");

    /** Which field to look at, what is watched, and the field to add. */
    @VerbDoc(
            purpose = "Adds the watched domain that a domain is made to look like. Names are compared by what they look"
                    + " like: letters of other scripts (also in xn-- form), marks, digits for letters and rn for m make"
                    + " no difference. A domain whose registrable domain is on the list looks like none.",
            signature = "domain: string? → as: {looks_like: string?, how: string?, distance: int?}",
            errors = "None. All is null where the domain looks like none of the list. how is, in this order: homoglyph"
                    + " (looks the same), suffix (the same name under another public suffix), edit (distance letters"
                    + " more, less, other or swapped), embedded (the name between hyphens, with hyphens in it, or"
                    + " joined with a word such as login or secure), subdomain (so in a label before the registrable"
                    + " domain). edit is for names from 4 letters on, and 2 edits from 8 on; the last two are for"
                    + " names from 3 letters on. The job does not start where the file is missing or a line of it is no"
                    + " domain.",
            example = """
                    step: { look-alike: { domain: from, as: like, watch: [paypal.com, microsoft.com] } }
                    fields: { from: string }
                    input:
                      - { from: paypa1.com }
                      - { from: mircosoft.com }
                      - { from: paypal-login.net }
                      - { from: mail.paypal.com }
                    output:
                      - { from: paypa1.com, like: { looks_like: paypal.com, how: homoglyph, distance: 0 } }
                      - { from: mircosoft.com, like: { looks_like: microsoft.com, how: edit, distance: 1 } }
                      - { from: paypal-login.net, like: { looks_like: paypal.com, how: embedded, distance: 0 } }
                      - { from: mail.paypal.com, like: { looks_like: null, how: null, distance: null } }
                    """)
    public record Config(
            @OptionDoc("The string field with the domain.") String domain,
            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value =
                            "The domains to watch, at most 10,000 with those of the file; of each the registrable domain.",
                    otherwise = "none; then watch-file is required")
            List<String> watch,

            @OptionDoc(
                    value = "The path of a text file with domains to watch, one a line. Read again within 30 s of an"
                            + " event when it has changed.",
                    otherwise = "none; then watch is required")
            Reference watchFile,

            @OptionDoc(value = "The most edits, 0 to 2.", otherwise = "1")
            Integer distance)
            implements StepConfig {
        public Config {
            Added.required("domain", domain, "the field with the domain");
            Added.requiredAs(as);
            watch = watch == null ? List.of() : List.copyOf(watch);
            if (watch.isEmpty() && watchFile == null) {
                throw new IllegalArgumentException("watch is missing; give domains to watch, or a watch-file");
            }
            distance = distance == null ? 1 : distance;
            if (distance < 0 || distance > NearWords.MOST_EDITS) {
                throw new IllegalArgumentException(
                        "distance is " + distance + ", expected 0 to " + NearWords.MOST_EDITS);
            }
            if (watch.size() > WatchList.MOST) {
                throw new IllegalArgumentException(
                        "watch has " + watch.size() + " domains, more than " + WatchList.MOST);
            }
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, LIKENESS);
            for (int i = 0; i < watch.size(); i++) {
                try {
                    WatchList.registrable(watch.get(i));
                } catch (IllegalArgumentException e) {
                    planning.problem("watch[" + i + ']', e.getMessage());
                }
            }
            Schema.Field found = Added.string(planning, "domain", domain);
            return found == null ? null : new LookAlike(found.pos(), new ArrayList<>(watch), watchFile, distance);
        }
    }

    private final int domain;
    private final ArrayList<String> watch;
    private final Reference file;
    private final int distance;
    private transient WatchList fixed;
    private transient WatchedFile<WatchList> watched;

    private LookAlike(int domain, ArrayList<String> watch, Reference file, int distance) {
        this.domain = domain;
        this.watch = watch;
        this.file = file;
        this.distance = distance;
    }

    /** @throws IOException naming the file and the line, if the list cannot be read */
    @Override
    public void open() throws IOException {
        if (file == null) {
            fixed = new WatchList(watch, distance);
        } else {
            watched = WatchList.watch(file, watch, distance, System::nanoTime);
        }
    }

    @Override
    public Event apply(Event event) {
        WatchList list = watched == null ? fixed : watched.current();
        WatchList.Found found = list.find(Host.ofDomain((String) event.values()[domain]));
        GenericData.Record likeness = new GenericData.Record(LIKENESS);
        if (found != null) {
            likeness.put(0, found.domain());
            likeness.put(1, found.how().name().toLowerCase(Locale.ROOT));
            likeness.put(2, found.distance());
        }
        return Added.to(event, likeness);
    }
}
