package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    private static final String SMALL = """
            # Written by people.
            format: 1
            name: small
            rules:
              - name: low
                when: score < 0.2
                verdict: quarantine
            """;
    private static final Schema SCORED =
            SchemaBuilder.record("Scored").fields().requiredDouble("score").endRecord();

    @TempDir
    private Path folder;

    @Test
    void readsWhatPeopleWrite() throws Exception {
        RuleSet read = of(SMALL);

        assertThat(read.name()).isEqualTo("small");
        assertThat(read.rules()).containsExactly(new Rule("low", "score < 0.2", Verdict.QUARANTINE, null));
        // Of sha256sum.
        assertThat(read.identity()).isEqualTo("small@ee772f97775b");
    }

    @Test
    void otherBytesAreAnotherVersion() throws Exception {
        assertThat(of(SMALL + "# more\n").version()).isNotEqualTo(of(SMALL).version());
        assertThat(of(SMALL).version()).isEqualTo(of(SMALL).version());
    }

    @Test
    void aDeciderTravelsAndDecides() throws Exception {
        List<String> problems = new ArrayList<>();
        Decider planned = Decider.plan(of(SMALL), SCORED, problems::add);
        assertThat(problems).isEmpty();

        Decider arrived = InstantiationUtil.clone(planned);
        arrived.open();

        assertThat(arrived.ruleSet()).isEqualTo(of(SMALL).identity());
        assertThat(arrived.decide(new Object[] {0.1})).isEqualTo(new Decision("quarantine", null, "low"));
        assertThat(arrived.decide(new Object[] {0.2})).isEqualTo(new Decision("pass", null, null));
        assertThat(arrived.decide(new Object[] {0.1})).isSameAs(arrived.decide(new Object[] {0.15}));
    }

    @Test
    void tellsEveryMistakeOfAFileWithItsLine() {
        assertThat(mistakes("""
                        format: 2
                        nmae: small
                        rules:
                          - { name: low, when: score < 1, verdict: quarantin }
                          - name: odd
                            when: score < 2
                            verdict: label
                          - { name: odd, when: [a], verdict: pass }
                          - { name: odd, wehn: a, verdict: pass, verdict: pass }
                          - 7
                          - { name: a/b, when: a, verdict: pass }
                          - { name: deny-list, when: a, verdict: pass }
                          - { name: x, when: a, verdict: pass, label: y }
                          - { when: a, verdict: pass }
                          - { name: x, verdict: pass }
                          - { name: x, when: a }
                        """))
                .containsExactly(
                        "f:2: no key 'nmae'; did you mean 'name'?",
                        "f:1: format: expected 1, but read '2'",
                        "f:1: name: expected up to 100 letters, digits and . _ -, beginning with a letter or a digit",
                        "f:4: rules[0].verdict: expected quarantine, label or pass, but read 'quarantin'",
                        "f:5: rules[1].label is missing; the verdict label needs its text",
                        "f:8: rules[2]: when: expected a text",
                        "f:9: rules[3]: no key 'wehn'; did you mean 'when'?",
                        "f:9: rules[3]: duplicate key 'verdict'",
                        "f:10: rules[4]: expected a mapping of name, when, verdict, label",
                        "f:11: rules[5].name: expected up to 100 letters, digits, spaces and . _ -, beginning with a letter or a"
                                + " digit, but read 'a/b'",
                        "f:12: rules[6].name: 'deny-list' stands for the list in outcomes; choose another name",
                        "f:13: rules[7].label goes with the verdict label, but this one is pass",
                        "f:14: rules[8].name is missing; give the rule a name",
                        "f:15: rules[9].when is missing; give an expression that is true where the rule applies",
                        "f:16: rules[10].verdict is missing; give quarantine, label or pass");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThat(mistakes(SMALL + "  - { name: low, when: score < 1, verdict: pass }\n"))
                .containsExactly("f:8: rules[1].name: another rule, rules[0], has the name 'low'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "[]",
                "format: 1\nname: n\nrules: []\n",
                "format: 1\nname: n\nrules: none\n",
                "format: 1\nname: n\nrules: [",
                "format: 1\nname: n\nrules: &r [*r]\n",
                "format: 1\nname: n\nrules: [[[[[[[[[[[]]]]]]]]]]]\n",
                "format: 1\n---\nformat: 1\n",
                "format: 1\nname: ../n\nrules: [{ name: a, when: a, verdict: pass }]\n",
                "format: 1\nname: n\nrules: [{ name: a, when: !!binary a, verdict: pass, label: ~ }]\n",
                "format: 1\nname: n\nrules: [{ name: a, when: a, verdict: label, label: \"a\\nb\" }]\n",
            })
    void refusesWhatIsNoRuleSet(String text) {
        assertThat(mistakes(text)).isNotEmpty().allMatch(mistake -> mistake.startsWith("f:"));
    }

    @Test
    void refusesTooManyBytesAndTooManyRules() {
        assertThat(mistakes(SMALL + "#".repeat(RuleSet.MAX_BYTES)))
                .containsExactly("f: more than " + RuleSet.MAX_BYTES + " bytes");
        StringBuilder many = new StringBuilder("format: 1\nname: n\nrules:\n");
        for (int i = 0; i <= RuleSet.MOST; i++) {
            many.append("  - { name: r").append(i).append(", when: a, verdict: pass }\n");
        }
        assertThat(mistakes(many.toString()))
                .containsExactly("f:4: rules: expected at most 1000 rules, but there are 1001");
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] bytes = SMALL.getBytes(StandardCharsets.UTF_8);
        bytes[4] = (byte) 0xff;
        assertThatThrownBy(() -> RuleSet.of("f", bytes))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessage("f: it is no UTF-8 text");
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> RuleSet.read(folder.resolve("none").toString()))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessage(folder + "/none/rules.yaml: there is no such file");
        assertThatThrownBy(() -> RuleSet.read("nosuch://lake/rules"))
                .isInstanceOf(InvalidRuleSetException.class)
                .hasMessageStartingWith("nosuch://lake/rules/rules.yaml: cannot be read: ");
    }

    private static RuleSet of(String text) throws InvalidRuleSetException {
        return RuleSet.of("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(String text) {
        return catchThrowableOfType(InvalidRuleSetException.class, () -> of(text))
                .mistakes();
    }
}
