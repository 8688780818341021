package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideListsTest {
    private static final long LATER = 31_000_000_000L;
    private static final Schema INPUT = SchemaBuilder.record("R")
            .fields()
            .optionalString("from")
            .optionalString("ip")
            .requiredInt("links")
            .endRecord();

    @TempDir
    private Path folder;

    private long now;

    @ParameterizedTest
    @CsvSource({
        "acme, ann@bad.example, , quarantine, deny-list, .bad.example",
        "other, ann@bad.example, , pass, , ", // acme's lists are acme's alone
        "acme, ann@good.example, , pass, allow-list, ann@good.example", // though the rule would quarantine
        "other, ann@good.example, , quarantine, links, ",
        "acme, both@x.example, , quarantine, deny-list, both@x.example", // the same tenant: deny first
        "acme, ann@all.example, , pass, allow-list, .all.example", // for all: allow first
        "acme, ann@shared.example, , quarantine, deny-list, .shared.example", // its own before all's
        "other, ann@shared.example, , pass, allow-list, .shared.example",
        "other, ann@own.example, , pass, allow-list, .own.example",
        "third, ann@own.example, , quarantine, deny-list, .own.example",
        "acme, ann@x.example, 192.0.2.9, quarantine, deny-list, 192.0.2.0/24", // by the second field
        "acme, ann@good.example, 192.0.2.9, quarantine, deny-list, 192.0.2.0/24",
        ", ann@bad.example, , pass, , ",
        ", ann@all.example, , pass, allow-list, .all.example",
        "*, ann@bad.example, , pass, , ", // an event cannot be of all tenants
        "acme, , , pass, , ",
    })
    void listsComeBeforeRules(String tenant, String from, String ip, String verdict, String rule, String entry)
            throws Exception {
        String allow =
                "acme,ann@good.example\nacme,both@x.example\n*,.all.example\n*,.shared.example\nother,.own.example";
        String deny = "acme,.bad.example\nacme,both@x.example\n*,.all.example\nacme,.shared.example\n*,.own.example\n"
                + "acme,192.0.2.0/24";
        Decide decide = opened(allow, deny);

        int links = "ann@good.example".equals(from) ? 10 : 0;
        assertThat(decided(decide, tenant, from, ip, links)).containsExactly(verdict, null, rule, entry);
    }

    @Test
    void followsAFileThatChanges() throws Exception {
        Decide decide = opened("*,a.example", "*,b.example");
        assertThat(decided(decide, "acme", "c.example", null, 0)).containsExactly("pass", null, null, null);
        Files.writeString(folder.resolve("deny"), "*,b.example\n*,c.example");
        now += LATER;
        assertThat(decided(decide, "acme", "c.example", null, 0))
                .containsExactly("quarantine", null, "deny-list", "c.example");
    }

    @Test
    void keepsTheOldListWhereALineOfTheNewIsWrong() throws Exception {
        Decide decide = opened(null, "*,b.example");
        Files.writeString(folder.resolve("deny"), "*,c.example\nwrong");
        now += LATER;
        assertThat(decided(decide, "acme", "b.example", null, 0)).contains("deny-list");
        assertThat(decided(decide, "acme", "c.example", null, 0)).doesNotContain("deny-list");
    }

    @Test
    void doesNotStartWithALineThatIsNoEntry() {
        assertThatThrownBy(() -> opened(null, "*,b.example\nwrong"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("deny:2: expected tenant,value, but read 'wrong'");
    }

    private Decide opened(String allow, String deny) throws Exception {
        Rule links = new Rule("links", "links > 9", Verdict.QUARANTINE, null);
        Decide.Config config = new Decide.Config(
                null,
                null,
                null,
                new ListOrReference<>(List.of(links), null),
                file("allow", allow),
                file("deny", deny),
                null);
        List<String> problems = new ArrayList<>();
        Decide planned =
                (Decide) config.plan(new Planning(INPUT, (option, message) -> problems.add(option + ": " + message)));
        assertThat(problems).isEmpty();
        Decide arrived = InstantiationUtil.clone(planned);
        arrived.open(() -> now);
        return arrived;
    }

    private ListFile file(String name, String text) throws IOException {
        if (text == null) {
            return null;
        }
        Path file = Files.writeString(folder.resolve(name), text);
        return new ListFile(new Reference(file.toString()), List.of("from", "ip"));
    }

    /** What the step adds. */
    private static List<Object> decided(Decide decide, String tenant, Object... values) throws Exception {
        Header header = Events.event("1", 0, values).header();
        Header of = new Header(tenant, header.id(), header.time(), null, header.source());
        Object[] after = decide.apply(new Event(of, "key", values)).values();
        return Arrays.asList(after).subList(values.length, after.length);
    }
}
