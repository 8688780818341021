package io.datamill.step.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/rules.md shows is planned as it stands there. */
class RulesPageTest {
    private static final String FIELDS = "{ org_id: string, from_address: string, sender_ip: string?, seen_1d: long,"
            + " authenticated: boolean, reply_to_differs: boolean, trust: { score: double } }";

    private final List<String> blocks;

    RulesPageTest() throws Exception {
        blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/rules.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void theStepFits(@TempDir Path lists) throws Exception {
        Files.writeString(lists.resolve("deny.csv"), "acme,.example.net");
        Files.writeString(lists.resolve("allow.csv"), "");
        String step = block("- decide:").replaceFirst("- ", "  ").replace("${env:LISTS}", lists.toString());

        assertThat(new YamlStep('\n' + step, FIELDS).problems()).isEmpty();
    }

    @Test
    void theRuleSetIsOne() throws Exception {
        RuleSet set = RuleSet.of("docs/rules.md", block("format: 1").getBytes(StandardCharsets.UTF_8));
        assertThat(set.rules()).hasSize(3);
    }

    private String block(String start) {
        return blocks.stream()
                .filter(block -> block.startsWith(start))
                .findFirst()
                .orElseThrow();
    }
}
