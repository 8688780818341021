package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as a pipeline or a rule set has them. */
class RulesTest {
    private static final String FIELDS = "{ from: string, score: double, links: int }";
    private static final String RULES = """
            rules:
              - { name: known-partner, when: "from.endsWith('partner.example')", verdict: pass }
              - { name: low-score, when: "score < 0.2", verdict: quarantine }
              - { name: Many links, when: "links > 9", verdict: label, label: "suspicious links: ≥ 10" }
              - { name: low.score_2, when: "score < 0.4", verdict: quarantine }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann@partner.example | 0.1 | 99 | verdict: pass, label: null, rule: known-partner",
                "ann@example.org     | 0.1 | 99 | verdict: quarantine, label: null, rule: low-score",
                "ann@example.org     | 0.3 | 10 | verdict: label, label: 'suspicious links: ≥ 10', rule: Many links",
                "ann@example.org     | 0.3 | 9  | verdict: quarantine, label: null, rule: low.score_2",
                "ann@example.org     | 0.4 | 0  | verdict: pass, label: null, rule: null",
            })
    void theFirstRuleThatIsTrueDecides(String from, double score, int links, String decided) throws Exception {
        YamlStep step = new YamlStep("\n  decide:\n" + RULES.indent(4), FIELDS);

        assertThat(step.problems()).isEmpty();
        assertThat(step.output()).endsWith("links: int, verdict: string, label: string?, rule: string?}");
        assertThat(step.run("{ from: " + from + ", score: " + score + ", links: " + links + " }"))
                .endsWith(decided.replace("'", "") + "}");
    }

    @Test
    void asksNoRuleBehindTheFirstThatIsTrue() throws Exception {
        YamlStep step = step("rules: [ { name: a, when: 'links > 0', verdict: pass },"
                + " { name: b, when: '10 / links > 1', verdict: quarantine } ]");

        assertThat(step.run("{ from: x, score: 1.0, links: 1 }")).endsWith("verdict: pass, label: null, rule: a}");
        assertThat(step.run("{ from: x, score: 1.0, links: 0 }"))
                .isEqualTo("reject EXPRESSION: rule 'b': division by zero in: 10 / links > 1");
    }

    @Test
    void tellsEveryMistakeWithTheRuleAndThePlace() throws Exception {
        YamlStep step = step("rules: [ { name: a, when: 'scor < 1', verdict: pass },"
                + " { name: b, when: score, verdict: pass }, { name: a, when: 'links >', verdict: pass } ]");

        assertThat(step.problems())
                .containsExactly(
                        "rules[2].name: another rule, rules[0], has the name 'a'",
                        "rules[0].when: column 1: no field 'scor'; did you mean 'score'?",
                        "rules[1].when: gives double, but bool is needed",
                        "rules[2].when: column 8: the expression ends too early");
    }

    @Test
    void marksWhatIsOnlyMonitored() throws Exception {
        YamlStep all = step("quarantine: 'score < 0.2', monitor: true");
        assertThat(all.output()).endsWith("rule: string?, monitored: boolean}");
        assertThat(all.run("{ from: x, score: 0.1, links: 1 }"))
                .endsWith("verdict: quarantine, label: null, rule: quarantine, monitored: true}");

        YamlStep one = step("rules: [ { name: old, when: 'score < 0.2', verdict: quarantine },"
                + " { name: new, when: 'links > 9', verdict: quarantine } ],"
                + " monitor: \"from == 'x' || rule == 'new'\"");
        assertThat(one.run("{ from: y, score: 0.1, links: 10 }")).endsWith("rule: old, monitored: false}");
        assertThat(one.run("{ from: x, score: 0.1, links: 10 }")).endsWith("rule: old, monitored: true}");
        assertThat(one.run("{ from: y, score: 0.3, links: 10 }")).endsWith("rule: new, monitored: true}");
        assertThat(one.run("{ from: y, score: 0.3, links: 9 }"))
                .endsWith("verdict: pass, label: null, rule: null, monitored: false}");
    }

    @Test
    void theExpressionOfMonitorCannotReadItsOwnField() throws Exception {
        assertThat(step("quarantine: 'score < 0.2', monitor: monitored").problems())
                .singleElement()
                .asString()
                .startsWith("monitor: column 1: no field 'monitored'");
    }

    @Test
    void aRuleSetSaysWhichItWas() throws Exception {
        Files.writeString(folder.resolve(RuleSet.FILE), "format: 1\nname: email-trust\n" + RULES);
        String version = RuleSet.read(folder.toString()).version();

        YamlStep step = step("rules: '" + folder + "', monitor: \"rules == 'x'\"");

        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(step.output()).endsWith("rule: string?, rules: string, monitored: boolean}");
        assertThat(step.run("{ from: x, score: 0.1, links: 1 }"))
                .endsWith("rule: low-score, rules: email-trust@" + version + ", monitored: false}");
        assertThat(step.run("{ from: x, score: 0.9, links: 1 }"))
                .endsWith("rule: null, rules: email-trust@" + version + ", monitored: false}");
    }

    @Test
    void aRuleSetThatDoesNotFitNamesItsRules() throws Exception {
        Files.writeString(
                folder.resolve(RuleSet.FILE), "format: 1\nname: n\n" + RULES.replace("links > 9", "1 > lnks"));

        assertThat(step("rules: '" + folder + "'").problems())
                .containsExactly("rules: n@" + RuleSet.read(folder.toString()).version()
                        + ": rule 'Many links': when: column 5: no field 'lnks'; did you mean 'links'?");
    }

    private static YamlStep step(String options) throws Exception {
        return new YamlStep("{ decide: { " + options + " } }", FIELDS);
    }
}
