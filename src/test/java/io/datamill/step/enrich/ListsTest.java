package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {
    private static final Schema INPUT =
            SchemaBuilder.record("R").fields().optionalString("value").endRecord();

    @TempDir
    private Path folder;

    private long now;

    @ParameterizedTest
    @CsvSource({
        "acme, a@denied.example, deny, a@denied.example",
        "acme, A@Denied.Example, deny, a@denied.example",
        "acme, b@denied.example,,",
        "other, a@denied.example,,",
        "acme, ann@mail.evil.example, deny, .evil.example",
        "acme, evil.example, deny, .evil.example",
        "acme, notevil.example,,",
        "acme, good.evil.example, allow, good.evil.example", // allowed for the tenant, denied for all
        "other, good.evil.example, deny, .evil.example",
        "acme, x.partner.example, deny, .partner.example", // denied for the tenant, allowed for all
        "other, x.partner.example, allow, .partner.example",
        "acme, both.example, deny, both.example", // denied and allowed for the tenant
        "acme, all.example, allow, all.example", // allowed and denied for all
        "acme, 192.0.2.200, deny, 192.0.2.0/24",
        "acme, 192.0.2.7, allow, 192.0.2.7",
        "acme, ::ffff:192.0.2.200, deny, 192.0.2.0/24",
        "acme, 192.0.3.1,,",
        "acme, 2001:DB8:0:0::1, deny, 2001:db8::/32",
        "acme, 2001:db9::1,,",
        "acme, 'a,b', deny, 'a,b'",
        "acme,,,",
    })
    void saysWhatHoldsForTheTenant(String tenant, String value, String result, String entry) throws Exception {
        String allow = """
                tenant,value
                acme,good.evil.example
                *,.partner.example
                acme,both.example
                *,all.example
                *,192.0.2.7
                """;
        String deny = """
                # by hand
                acme,a@denied.example

                *,.evil.example
                acme , .partner.example
                acme,both.example
                *,all.example
                *,192.0.2.0/24
                *,2001:db8::/32
                acme,a,b
                """;
        GenericRecord listed = listed(opened(allow, deny), tenant, value);
        assertThat(listed.get("result")).isEqualTo(result);
        assertThat(listed.get("entry")).isEqualTo(entry);
    }

    @Test
    void findsTheSmallestNetwork() throws Exception {
        Lists lists = opened(null, "*,0.0.0.0/0\n*,10.0.0.0/8\n*,10.1.0.0/16\n*,::/0\n");
        assertThat(listed(lists, "acme", "10.1.2.3").get("entry")).isEqualTo("10.1.0.0/16");
        assertThat(listed(lists, "acme", "10.2.2.3").get("entry")).isEqualTo("10.0.0.0/8");
        assertThat(listed(lists, "acme", "192.0.2.1").get("entry")).isEqualTo("0.0.0.0/0");
        assertThat(listed(lists, "acme", "2001:db8::1").get("entry")).isEqualTo("::/0");
        assertThat(listed(lists, "acme", "example.com").get("entry")).isNull();
    }

    @Test
    void readsAChangedList() throws Exception {
        Lists lists = opened(null, "*,a.example\n");
        Files.writeString(folder.resolve("deny"), "*,b.example\n");
        assertThat(listed(lists, "acme", "b.example").get("result")).isNull();
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(listed(lists, "acme", "b.example").get("result")).isEqualTo("deny");
        Files.writeString(folder.resolve("deny"), "*,10.0.0.0/99\n");
        now += WatchedFile.INTERVAL_NANOS;
        assertThat(listed(lists, "acme", "b.example").get("result")).isEqualTo("deny");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no comma",
                ",value",
                "acme,",
                "acme,10.0.0.0/33",
                "acme,10.1.0.0/8",
                "acme,::/129",
                "acme,10.0.0.0/",
                "acme,10.0.0.0/+8",
                "acme,.",
                "acme,.a b",
            })
    void doesNotStartWithALineThatIsNoEntry(String line) {
        assertThatThrownBy(() -> opened("*,a.example\n" + line, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("allow:2: ");
    }

    @Test
    void leavesLongValuesOut() throws Exception {
        assertThat(listed(opened(null, "*," + "a".repeat(1_025)), "acme", "a".repeat(1_025))
                        .get("result"))
                .isNull();
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> new Lists.Config("value", "listed", null, null)).hasMessageStartingWith("allow ");
        assertThatThrownBy(() -> new Lists.Config(null, "listed", new Reference("x"), null))
                .hasMessageStartingWith("field ");
    }

    private Lists opened(String allow, String deny) throws Exception {
        List<String> problems = new ArrayList<>();
        Planning planning = new Planning(INPUT, (option, message) -> problems.add(option + ": " + message));
        Lists lists = (Lists) new Lists.Config("value", "listed", file("allow", allow), file("deny", deny)).plan(planning);
        assertThat(problems).isEmpty();
        Lists arrived = InstantiationUtil.clone(lists);
        arrived.open(() -> now);
        return arrived;
    }

    private Reference file(String name, String text) throws IOException {
        return text == null
                ? null
                : new Reference(Files.writeString(folder.resolve(name), text).toString());
    }

    private static GenericRecord listed(Lists lists, String tenant, String value) {
        Event event = Events.event("1", 0, value);
        Header header = event.header();
        Header of = new Header(tenant, header.id(), header.time(), null, header.source());
        Event after = lists.apply(new Event(of, "key", new Object[] {value}));
        return (GenericRecord) after.values()[1];
    }
}
