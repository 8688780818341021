package io.datamill.cli.reference;

import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Grammar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The reference of everything a pipeline's file may have, written from the records that it binds to. */
public final class StepsReference {
    private static final String GENERATED =
            "<!-- Generated: java -jar target/datamill-cli.jar steps --markdown > docs/steps.md -->";

    private final Entries entries;

    public StepsReference(Catalog catalog) {
        this.entries = new Entries(catalog);
    }

    /** Every name with the first sentence of what it is for. */
    public String overview() {
        Page page = new Page(false);
        for (String section : entries.sections()) {
            page.heading(1, section);
            page.list(in(section));
        }
        page.paragraph("More of each: datamill steps NAME");
        return page.toString();
    }

    /** All that has a name, as there are a source and a sink `kinesis`; empty where nothing has. */
    public Optional<String> of(String name) {
        List<Entry> named =
                entries.all().stream().filter(entry -> entry.name().equals(name)).toList();
        Page page = new Page(false);
        for (int i = 0; i < named.size(); i++) {
            if (i > 0) {
                page.blank();
            }
            page.heading(1, name + " (" + named.get(i).noun() + ")");
            entry(named.get(i), page);
        }
        return named.isEmpty() ? Optional.empty() : Optional.of(page.toString());
    }

    /** The example of each that has one, by what it is and its name. */
    public Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        for (Entry entry : entries.all()) {
            entry.doc()
                    .map(VerbDoc::example)
                    .filter(example -> !example.isBlank())
                    .ifPresent(example -> examples.put(entry.noun() + ' ' + entry.name(), example));
        }
        return examples;
    }

    /** What to say of a name that nothing has. */
    public String unknown(String name) {
        TreeSet<String> names = entries.all().stream().map(Entry::name).collect(Collectors.toCollection(TreeSet::new));
        String meant = Suggestion.among(name, names);
        return "no '" + name + "'" + (meant.isEmpty() ? "; there is " + String.join(", ", names) : meant);
    }

    /** The whole reference: docs/steps.md. */
    public String markdown() {
        Page page = new Page(true);
        page.heading(1, "Steps and what is around them");
        page.paragraph(GENERATED);
        page.paragraph("Each adapter, step and sink with its options, as `datamill steps NAME` prints it too. Every example"
                + " is run by a test; [how to read one](testing-pipelines.md).");
        page.paragraph(entries.sections().stream()
                .map(section -> "- [" + section + "](#" + anchor(section) + "): "
                        + in(section).stream()
                                .map(entry -> "`" + entry.name() + "`")
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n")));
        notation(page);
        file(page);
        for (String section : entries.sections()) {
            page.heading(2, section);
            if (section.equals("Sinks")) {
                page.paragraph("Every sink may have these beside its own options:");
                page.options(OptionRow.of(Grammar.SINK));
            }
            for (Entry entry : in(section)) {
                page.heading(3, entry.name());
                entry(entry, page);
            }
        }
        return page.toString().stripTrailing() + '\n';
    }

    private static void entry(Entry entry, Page page) {
        page.paragraph(entry.purpose());
        entry.doc().ifPresent(doc -> page.remark("Types", doc.signature()));
        page.options(OptionRow.of(entry.config()));
        if (entry.doc().isPresent()) {
            VerbDoc doc = entry.doc().get();
            page.remark("Errors", doc.errors());
            page.remark("State", doc.state());
            if (!doc.example().isEmpty()) {
                page.code("example", doc.example());
            }
        }
    }

    private static void notation(Page page) {
        page.heading(2, "Notation");
        page.paragraph("""
                - **Types** of fields: `int`, `long`, `double`, `decimal(10,2)`, `string`, `bytes`, `boolean`, `timestamp`,
                  `date`, `enum(a,b)`, `array<string>`, `map<string>`; a nested mapping is a record, a list of one mapping an array of
                  records. A question mark lets a value be null: `long?`.
                - **Durations**: a whole number with ms, s, m, h or d: `500ms`, `10m`, `7d`.
                - **References**: `${env:NAME}`, `${env:NAME:-default}` and `${file:/run/secrets/x}` are resolved where the
                  job runs and are never shown.
                - **Expressions** are [CEL](https://cel.dev) over the fields of the schema before the step, checked when the
                  pipeline is planned.""");
    }

    private static void file(Page page) {
        page.heading(2, "The file");
        page.options(OptionRow.of(Grammar.FILE));
        page.paragraph("Each of the `inputs`:");
        page.options(OptionRow.of(Grammar.INPUT));
        page.paragraph("Each of the `branches`:");
        page.options(OptionRow.of(Grammar.BRANCH));
    }

    private List<Entry> in(String section) {
        return entries.all().stream()
                .filter(entry -> entry.section().equals(section))
                .toList();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }
}
