package io.datamill.step.join;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.KeyFields;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StateId;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Adds what a table says about an event: a CSV file, or a table or query of a Postgres. */
public final class Lookup {
    private Lookup() {}

    /** What becomes of an event that has no row. */
    public enum Missing {
        /** The field is null. */
        NULL,
        /** The event is rejected. */
        REJECT
    }

    /** Where the table is. */
    public record From(
            @OptionDoc(
                    value = "The path of a CSV file: RFC 4180, comma, UTF-8, a header line, up to 64 MiB.",
                    otherwise = "postgres is given")
            Reference csv,

            @OptionDoc(value = "The database.", otherwise = "csv is given")
            Database postgres) {
        public From {
            if ((csv == null) == (postgres == null)) {
                throw new IllegalArgumentException("expected one of csv and postgres");
            }
        }
    }

    /** A table or query of a Postgres. */
    public record Database(
            @OptionDoc("jdbc:postgresql://host:5432/database?user=u&password=p; a reference for the password.")
            Reference url,

            @OptionDoc(value = "The table, also schema.table: names of a-z, 0-9 and _.", otherwise = "query is given")
            String table,

            @OptionDoc(
                    value = "A SELECT whose columns are asked for, without a semicolon.",
                    otherwise = "table is given")
            String query) {
        public Database {
            if (url == null) {
                throw new IllegalArgumentException("url is missing; give that of the database");
            }
            if ((table == null) == (query == null)) {
                throw new IllegalArgumentException("table is "
                        + (table == null ? "missing, and query too" : "given beside query") + "; expected one of them");
            }
            if (table != null && !List.of(table.split("\\.", 3)).stream().allMatch(PostgresRows::isIdentifier)) {
                throw new IllegalArgumentException(
                        "table is '" + table + "', expected names of up to 63 of a-z, 0-9 and _");
            }
            if (query != null && query.contains(";")) {
                throw new IllegalArgumentException("query has a semicolon; expected one SELECT");
            }
        }

        String from() {
            return query != null
                    ? '(' + query + ')'
                    : String.join(
                            ".",
                            List.of(table.split("\\.")).stream()
                                    .map(PostgresRows::quote)
                                    .toList());
        }
    }

    /** How rows are kept and asked for. */
    record Upkeep(Duration refresh, boolean rejecting, int capacity, int cache) {}

    /** Where to look, by what, and what to take. */
    @VerbDoc(
            purpose =
                    "Adds what a table says about an event, as a record: from a CSV file, which is held in memory and"
                            + " read again when it has changed, or from a Postgres, which is asked without holding up the events"
                            + " behind and whose rows are remembered for a while. Of several rows of one key the first is taken.",
            signature = "on: string, integer, boolean, enum → a record of nullable fields, itself nullable unless"
                    + " missing: reject",
            errors =
                    "null where no row has the key, or a field of it is null. NOT_IN_TABLE: that, with missing: reject."
                            + " A CSV file that cannot be read, or has a value that is not of its type, stops the job with the"
                            + " line; one that is away for a moment does not. A Postgres that does not answer is asked again"
                            + " for 12 s (longer where it does not even refuse), then the job fails and restarts.",
            state = "",
            example = """
                    step:
                      lookup:
                        id: shops
                        from: { csv: "${env:EXAMPLE_DIR}/shops.csv" }
                        on: { shop: id }
                        take: { city: string, opened: date }
                        as: place
                    files:
                      shops.csv: |
                        id,city,opened
                        7,Gent,2019-05-01
                        9,"Aix, Provence",
                    fields: { shop: int }
                    input: [ { shop: 7 }, { shop: 9 }, { shop: 8 } ]
                    output:
                      - { shop: 7, place: { city: Gent, opened: 2019-05-01 } }
                      - { shop: 9, place: { city: "Aix, Provence", opened: null } }
                      - { shop: 8, place: null }
                    """)
    public record Config(
            @OptionDoc("Names the operator that asks a Postgres; it stays when the step moves.")
            String id,

            @OptionDoc(
                    "The table: { csv: path } or { postgres: { url: ..., table: ... } }, or query in place of table.")
            From from,

            @OptionDoc("The fields that make the key and the columns they are looked up in: { field: column }. A CSV's"
                    + " cell is compared as text.")
            Map<String, String> on,

            @OptionDoc("The columns to take and their types: { city: string }. Each may be null: where the column is,"
                    + " or the cell of a CSV is empty. Times in a CSV are as 2026-01-31T12:00:00Z.")
            Fields take,

            @OptionDoc("The field to add: a record of the columns.")
            String as,

            @OptionDoc(
                    value = "How often a CSV is looked at for a change, and how long a row of a Postgres is"
                            + " remembered, or that there is none: 1s to 1d.",
                    otherwise = "10m")
            Duration refresh,

            @OptionDoc(
                    value = "\"null\" or reject: what becomes of an event that has no row. reject is for a CSV"
                            + " only; behind a Postgres, filter or route by as == null.",
                    otherwise = "\"null\"")
            Missing missing,

            @OptionDoc(
                    value = "Events that wait for a Postgres at a time, 1 to 10000; above them the stream is held.",
                    otherwise = "100")
            Integer capacity,

            @OptionDoc(value = "Rows of a Postgres that each subtask remembers: 1 to 1000000.", otherwise = "10000")
            Integer cache)
            implements StepConfig {
        public Config {
            StateId.require(id);
            if (from == null) {
                throw new IllegalArgumentException("from is missing; give { csv: path } or { postgres: ... }");
            }
            if (on == null || on.isEmpty()) {
                throw new IllegalArgumentException("on is missing; give { field: column }");
            }
            if (take == null) {
                throw new IllegalArgumentException("take is missing; give the columns and their types");
            }
            if (!Planning.isName(as)) {
                throw new IllegalArgumentException(
                        "as is " + (as == null ? "missing" : "'" + as + "'") + "; expected the name of a new field");
            }
            if (from.csv() != null && (capacity != null || cache != null)) {
                throw new IllegalArgumentException(
                        (capacity != null ? "capacity" : "cache") + " is for a Postgres; a CSV is in memory");
            }
            if (from.postgres() != null && missing == Missing.REJECT) {
                throw new IllegalArgumentException(
                        "missing is reject, which only a CSV can; filter by " + as + " behind the step");
            }
            refresh = refresh == null ? Duration.ofMinutes(10) : refresh;
            if (refresh.compareTo(Duration.ofSeconds(1)) < 0 || refresh.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("refresh is " + Durations.text(refresh) + ", expected 1s to 1d");
            }
            missing = missing == null ? Missing.NULL : missing;
            capacity = within("capacity", capacity, 100, 10_000);
            cache = within("cache", cache, 10_000, 1_000_000);
            on = Collections.unmodifiableMap(new LinkedHashMap<>(on));
        }

        private static int within(String option, Integer given, int otherwise, int most) {
            int number = given == null ? otherwise : given;
            if (number < 1 || number > most) {
                throw new IllegalArgumentException(option + " is " + number + ", expected 1 to " + most);
            }
            return number;
        }

        @Override
        public Stage stage() {
            return Stage.LOOKUP;
        }

        @Override
        public Step plan(Planning planning) {
            boolean good = true;
            for (Map.Entry<String, String> pair : on.entrySet()) {
                String option = "on." + pair.getKey();
                good &= KeyFields.check(option, pair.getKey(), planning);
                good &= isColumn(option, pair.getValue(), planning);
            }
            for (Schema.Field column : take.schema().getFields()) {
                String option = "take." + column.name();
                good &= isColumn(option, column.name(), planning);
                if (!Taken.canBe(FieldTypes.withoutNull(column.schema()))) {
                    planning.problem(
                            option,
                            "a column cannot be taken as " + TypeText.of(column.schema())
                                    + "; expected string, int, long, double, boolean, timestamp, date, decimal or enum");
                    good = false;
                }
            }
            Taken taken = Taken.of(as, ReaderSchemas.withJavaStrings(take.schema()));
            planning.add("as", as, missing == Missing.REJECT ? taken.schema() : FieldTypes.nullable(taken.schema()));
            return good ? step(planning.input(), taken) : null;
        }

        private boolean isColumn(String option, String name, Planning planning) {
            boolean good = from.csv() != null || PostgresRows.isIdentifier(name);
            if (!good) {
                planning.problem(option, "'" + name + "' is no column's name of up to 63 of a-z, 0-9 and _");
            }
            return good;
        }

        private Step step(Schema input, Taken taken) {
            int[] positions = KeyFields.positions(List.copyOf(on.keySet()), input);
            List<String> key = List.copyOf(on.values());
            Upkeep upkeep = new Upkeep(refresh, missing == Missing.REJECT, capacity, cache);
            if (from.csv() != null) {
                return new CsvLookup(from.csv(), positions, key, taken, upkeep);
            }
            Database database = from.postgres();
            PostgresRows.Query query = PostgresRows.Query.of(database.url(), database.from(), key, taken);
            return new PostgresLookup(id, query, positions, upkeep);
        }
    }
}
