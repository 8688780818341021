package io.datamill.bench.verbs;

import static io.datamill.bench.verbs.Cases.row;

import java.util.List;
import java.util.function.IntFunction;

/** The kinds of the verb {@code parse}. */
final class ParseCases {
    private static final String[] STREETS = {"Main St", "Oak Avenue", "N Elm Blvd Apt 4"};
    private static final String[] PLACES = {"Springfield, IL 62704", "New York, NY 10001-1234", "Austin, Texas 78701"};

    private ParseCases() {}

    static List<Case> all() {
        Cases cases = new Cases("step");
        parse(cases, "timestamp iso", "timestamp", Varied::time);
        parse(
                cases,
                "timestamp log format",
                "timestamp, formats: [\"dd/MMM/uuuu:HH:mm:ss Z\"]",
                i -> Varied.time(i, "dd/MMM/yyyy:HH:mm:ss Z"));
        parse(
                cases,
                "timestamp second of 2 formats",
                "timestamp, formats: [iso, epoch-millis]",
                i -> Long.toString(Varied.millis(i)));
        parse(cases, "date", "date, formats: [dd.MM.yyyy]", i -> (10 + i % 20) + ".01.2026");
        parse(cases, "number de", "number, locale: de", i -> (1 + i % 9) + ".234." + (100 + i) + ",5");
        parse(cases, "boolean", "boolean", i -> i % 2 == 0 ? "true" : "false");
        parse(cases, "url", "url, into: out", Varied::url);
        parse(cases, "query", "query, into: out", i -> Varied.url(2 * i));
        parse(cases, "email plain", "email, into: out", Varied::mail);
        parse(
                cases,
                "email plain name",
                "email, into: out",
                i -> Varied.capital(Varied.name(i)) + ' ' + Varied.capital(Varied.word(i)) + " <" + Varied.mail(i)
                        + '>');
        parse(
                cases,
                "email quoted name",
                "email, into: out",
                i -> '"' + Varied.capital(Varied.word(i)) + ", " + Varied.capital(Varied.name(i)) + "\" <"
                        + Varied.mail(i) + '>');
        parse(
                cases,
                "email encoded name",
                "email, into: out",
                i -> "=?UTF-8?Q?J=C3=BCrgen_" + Varied.word(i) + "?= <" + Varied.mail(i) + '>');
        parse(
                cases,
                "address",
                "address, into: out",
                i -> (1 + i) + " " + STREETS[i % STREETS.length] + ", " + PLACES[i % PLACES.length]);
        parse(cases, "duration", "duration", i -> i % 2 == 0 ? "PT1H" + i % 60 + "M" : "1h" + i % 60 + "m");
        parse(cases, "bytes", "bytes", i -> i + (i % 2 == 0 ? " MB" : ".5GiB"));
        return cases.list();
    }

    private static void parse(Cases cases, String variant, String as, IntFunction<String> text) {
        cases.step("parse", variant, "{ field: text, as: " + as + " }", "{ text: string }", i -> row(text.apply(i)));
    }
}
