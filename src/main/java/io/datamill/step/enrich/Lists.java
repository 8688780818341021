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
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Says whether a value is on a tenant's allow or deny list; {@link TenantLists} says which of them holds. */
public final class Lists implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private static final Schema LISTED = Added.record("Listed", "result", "string?", "entry", "string?");

    /** Which field to look at, the lists, and the field to add. */
    @VerbDoc(
            purpose = "Adds whether a value is on the allow list or the deny list of the event's tenant. A list is a"
                    + " text file of lines tenant,value, where the tenant * is every tenant: an exact value (case makes"
                    + " no difference), .example.com for a domain and all names below it (a value that is an e-mail"
                    + " address is matched by its domain), or an IP address or network such as 192.0.2.0/24. Lines that"
                    + " begin with # are comments. The first of these holds: denied for the tenant, allowed for the"
                    + " tenant, allowed for *, denied for *.",
            signature = "field: string? → as: {result: string?, entry: string?}",
            errors =
                    "None. result is allow, deny, or null where the value is on neither list; entry is the value of the"
                            + " line that matched. Values over 1,024 characters are on no list. The job does not start where a"
                            + " file is missing, is no UTF-8, has more than 64 MiB, or a line of it is no entry.",
            example = """
                    step: { lists: { field: ip, as: listed, allow: "${env:EXAMPLE_DIR}/allow.csv", deny: "${env:EXAMPLE_DIR}/deny.csv" } }
                    fields: { ip: string }
                    files:
                      allow.csv: "*,192.0.2.7"
                      deny.csv: "*,192.0.2.0/24"
                    input: [{ ip: 192.0.2.7 }, { ip: 192.0.2.8 }, { ip: 198.51.100.1 }]
                    output:
                      - { ip: 192.0.2.7, listed: { result: allow, entry: 192.0.2.7 } }
                      - { ip: 192.0.2.8, listed: { result: deny, entry: 192.0.2.0/24 } }
                      - { ip: 198.51.100.1, listed: { result: null, entry: null } }
                    """)
    public record Config(
            @OptionDoc("The string field with the value.") String field,
            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value = "The path of the allow list. Read again within 30 s of an event when it has changed; one"
                            + " that cannot be read leaves the old one in use and is logged at ERROR.",
                    otherwise = "none; then deny is required")
            Reference allow,

            @OptionDoc(
                    value = "The path of the deny list, read as the allow list is.",
                    otherwise = "none; then allow is required")
            Reference deny)
            implements StepConfig {
        public Config {
            Added.required("field", field, "the field with the value");
            Added.requiredAs(as);
            if (allow == null && deny == null) {
                throw new IllegalArgumentException(
                        "allow is missing, and deny too; give the path of at least one list");
            }
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, LISTED);
            Schema.Field found = Added.string(planning, "field", field);
            return found == null ? null : new Lists(new TenantLists(source(allow, found), source(deny, found)));
        }

        private static TenantLists.Source source(Reference file, Schema.Field field) {
            return file == null ? null : new TenantLists.Source(file, List.of(field.pos()));
        }
    }

    private final TenantLists lists;

    private Lists(TenantLists lists) {
        this.lists = lists;
    }

    /** @throws IOException naming the file and the line, if a list cannot be read */
    @Override
    public void open() throws IOException {
        open(System::nanoTime);
    }

    void open(LongSupplier nanos) throws IOException {
        lists.open(nanos);
    }

    @Override
    public Event apply(Event event) {
        GenericData.Record listed = new GenericData.Record(LISTED);
        TenantLists.Match match = lists.find(event.header().tenant(), event.values());
        if (match != null) {
            listed.put(0, match.allowed() ? ALLOW : DENY);
            listed.put(1, match.entry());
        }
        return Added.to(event, listed);
    }
}
