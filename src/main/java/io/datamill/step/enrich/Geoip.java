package io.datamill.step.enrich;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/**
 * Adds the country of an IP address, from a MaxMind DB file. The country is null where the address is null, is no IP
 * address, or is not in the database; names are never looked up.
 */
public final class Geoip implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** One type under one name, however many geoip steps a pipeline has. */
    private static final Schema PLACE = SchemaBuilder.record("Place")
            .namespace("io.datamill.geoip")
            .fields()
            .name("country")
            .type(FieldTypes.nullable(javaString()))
            .noDefault()
            .name("database")
            .type(javaString())
            .noDefault()
            .endRecord();

    /**
     * Which address to look up, and where.
     *
     * @param ip a string field
     * @param database a local {@code .mmdb} file that has {@code country_code} or {@code country.iso_code}; to bring a
     *     newer one, put it beside the old and rename it over, then restart
     * @param as the field to add: a record of {@code country}, an ISO 3166-1 alpha-2 code or null, and {@code database},
     *     its type and build date
     */
    public record Config(String ip, Reference database, String as) implements StepConfig {
        public Config {
            if (ip == null || ip.isBlank()) {
                throw new IllegalArgumentException("ip is missing; give the field with the address");
            }
            if (database == null) {
                throw new IllegalArgumentException("database is missing; give the path of an .mmdb file");
            }
            if (as == null || !NAME.matcher(as).matches()) {
                throw new IllegalArgumentException(
                        "as is " + (as == null ? "missing" : "'" + as + "'") + "; expected the name of a new field");
            }
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add("as", as, PLACE);
            Schema.Field field = planning.field("ip", ip);
            if (field == null) {
                return null;
            }
            if (!FieldTypes.isString(field.schema())) {
                planning.problem(
                        "ip", "field '" + ip + "' is " + FieldTypes.describe(field.schema()) + ", expected a string");
                return null;
            }
            return new Geoip(field.pos(), database);
        }
    }

    private final int ip;
    private final Reference database;
    private transient CountryDatabase opened;

    private Geoip(int ip, Reference database) {
        this.ip = ip;
        this.database = database;
    }

    /** @throws IOException naming the file, if it cannot be read or is no such database */
    @Override
    public void open() throws IOException {
        opened = CountryDatabase.open(Path.of(database.resolve()));
    }

    @Override
    public Event apply(Event event) {
        GenericData.Record place = new GenericData.Record(PLACE);
        place.put(0, opened.country((String) event.values()[ip]));
        place.put(1, opened.name());
        Object[] values = event.widened(1);
        values[values.length - 1] = place;
        return event.withValues(values);
    }

    private static Schema javaString() {
        Schema string = Schema.create(Schema.Type.STRING);
        GenericData.setStringType(string, GenericData.StringType.String);
        return string;
    }
}
