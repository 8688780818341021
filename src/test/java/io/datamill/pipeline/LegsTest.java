package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LegsTest {
    @Test
    void peeksTheFirstKeyWhichIsUnchanged() throws Exception {
        Plan plan = TestCatalog.plan("""
                steps:
                  - derive: { many: "url_count > 3" }
                  - deduplicate: { id: once, within: 24h }
                  - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
                  - profile: { id: sender-again, key: [from_domain], features: { seen_7d: "count(7d)" } }
                  - filter: "seen > 0"
                  - profile: { id: ip, key: [sender_ip], features: { ip_seen: "count(1d)" } }
                """);

        assertThat(plan.trunk().legs())
                .extracting(Plan.Leg::key)
                .containsExactly(key(true, "from_domain"), key(false, "sender_ip"));
        assertThat(plan.trunk().legs().get(0).steps()).hasSize(5);
        assertThat(plan.trunk().legs().get(1).steps()).extracting("path").containsExactly("steps[5].profile");
    }

    @Test
    void runsTheAdapterBeforeTheShuffleWhereTheKeyIsDerivedOrReplaced() throws Exception {
        Plan derived = TestCatalog.plan("""
                steps:
                  - derive: { sender: "from_domain == null ? '' : from_domain.lowerAscii()" }
                  - profile: { id: sender, key: [sender], features: { seen: "count(1d)" } }
                """);
        Plan replaced = TestCatalog.plan("""
                steps:
                  - impute: { from_domain: none }
                  - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
                """);

        assertThat(derived.trunk().legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "sender"));
        assertThat(replaced.trunk().legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "from_domain"));
        assertThat(replaced.trunk().legs().get(0).steps()).extracting("path").containsExactly("steps[0].impute");
    }

    @Test
    void removesDuplicatesUnderTheEventIdWhereNoKeyFollows() throws Exception {
        Plan plan = TestCatalog.plan("steps: [ { deduplicate: { id: once, within: 24h } } ]\n");

        assertThat(plan.trunk().legs()).extracting(Plan.Leg::key).containsExactly(key(true, "event_id"));
    }

    @Test
    void removesDuplicatesUnderTheEventIdWhereTheNextKeyIsYetToBeMade() throws Exception {
        String steps = """
                steps:
                  - deduplicate: { id: once, within: 24h }
                  - STEP
                  - profile: { id: sender, key: [KEY], features: { seen: "count(1d)" } }
                """;

        for (String[] made : new String[][] {
            {"derive: { sender: \"org_id.lowerAscii()\" }", "sender"},
            {"rename: { from_domain: sender }", "sender"},
            {"redact: { fields: [from_domain] }", "from_domain"}
        }) {
            assertThat(TestCatalog.plan(steps.replace("STEP", made[0]).replace("KEY", made[1]))
                            .trunk()
                            .legs())
                    .extracting(Plan.Leg::key)
                    .containsExactly(key(true, "event_id"), key(false, made[1]));
        }
    }

    @Test
    void doesNotPeekAFieldThatWasDroppedOrRenamedAndMadeAgain() throws Exception {
        String profile = "  - profile: { id: sender, key: [from_domain], features: { seen: \"count(1d)\" } }\n";
        Plan dropped = TestCatalog.plan("steps:\n  - drop: [from_domain]\n"
                + "  - derive: { from_domain: \"org_id.lowerAscii()\" }\n" + profile);
        Plan swapped = TestCatalog.plan(
                "steps:\n  - rename: { from_domain: reply_to_domain, reply_to_domain: from_domain }\n" + profile);

        assertThat(dropped.trunk().legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "from_domain"));
        assertThat(swapped.trunk().legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "from_domain"));
    }

    @Test
    void staysPartitionedBehindAChangeOfAnotherField() throws Exception {
        String steps = """
                steps:
                  - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
                  - CHANGED
                  - drop: [spf]
                  - profile: { id: again, key: [from_domain], features: { more: "count(7d)" } }
                """;

        assertThat(TestCatalog.plan(steps.replace("CHANGED", "cast: { url_count: long }"))
                        .trunk()
                        .legs())
                .extracting(Plan.Leg::key)
                .containsExactly(key(true, "from_domain"));
        assertThat(TestCatalog.plan(steps.replace("CHANGED", "redact: { fields: [from_domain] }"))
                        .trunk()
                        .legs())
                .extracting(Plan.Leg::key)
                .containsExactly(key(true, "from_domain"), key(false, "from_domain"));
    }

    private static Plan.StreamKey key(boolean peeked, String... fields) {
        return new Plan.StreamKey(List.of(fields), peeked);
    }
}
