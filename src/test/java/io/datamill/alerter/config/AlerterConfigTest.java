package io.datamill.alerter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.YamlConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlerterConfigTest {
    private static final String HEAD = """
            alerter: test
            source: { stream: verdicts }
            state: { url: "${env:PG_URL}" }
            """;
    private static final String ACTIONS = """
            actions:
              - { name: chat, slack: { url: "${env:SLACK}" } }
            """;

    @Test
    void theOneThatIsShippedIsValid() throws Exception {
        AlerterConfig config = read(Files.readString(Path.of("flink-conf/alerter.yaml")));
        assertThat(config.actions()).extracting(Action::name).containsExactly("soar", "chat", "mail");
    }

    @Test
    void whatIsAbsentHasTheDocumentedValue() throws Exception {
        AlerterConfig config = read(HEAD + ACTIONS);
        assertThat(config.source().start()).isEqualTo(StreamConfig.Start.LATEST);
        assertThat(config.state().remember()).isEqualTo(Duration.ofDays(8));
        assertThat(config.group()).hasToString("Grouping[by=[from_domain], delay=PT30S, window=PT10M, summary=true]");
        assertThat(config.limit()).hasToString("Limit[alerts=20, per=PT1H]");
        assertThat(config.actions().get(0).when())
                .hasToString("When[verdict=[QUARANTINE, LABEL], tenant=[], notices=true]");
        assertThat(config.actions().get(0).retry()).hasToString("Retry[first=PT1S, most=PT5M, giveUp=PT24H]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "actions: [{ name: a, slack: { url: https://hooks.slack.com/x } }]|1:: actions[0].slack.url: is a secret",
                "actions: [{ name: a, webhook: { url: https://h/, secret: hush } }]|actions[0].webhook.secret: is a secret",
                "actions: [{ name: a, webhook: { url: https://h/ } }]|actions[0].webhook.secret: is missing",
                "actions: [{ name: a }]|actions[0]: expected one of webhook, slack and email",
                "actions: [{ name: A b, slack: { url: \"${env:S}\" } }]|actions[0].name: expected a name",
                "actions: [{ name: a, slak: {} }]|no option 'slak'; did you mean 'slack'?",
                "actions: [{ name: a, when: { verdict: [block] } }]|expected one of quarantine, label, pass",
                "actions: [{ name: a, email: { host: h, from: \"a@b\\r\\nBcc: c@d\", to: [a@b.org] } }]|email.from: expected an address",
                "actions: [{ name: a, email: { host: h, from: a@b.org, to: [\"X <a@b.org>\"] } }]|email.to[0]: expected an address",
                "actions: [{ name: a, email: { host: h, from: a@b.org, to: [] } }]|email.to: expected 1 to 50",
                "actions: [{ name: a, email: { host: h, from: a@b.org, to: [a@b.org], tls: none, login: { user: u, password: \"${env:P}\" } } }]|would send the password in clear",
                "actions: [{ name: a, slack: { url: \"${env:S}\" } }, { name: a, slack: { url: \"${env:S}\" } }]|is the name of another",
                "group: { delay: 20m, window: 10m }|group.delay: is longer than window",
                "limit: { alerts: 0 }|limit.alerts: expected 1 to 10000"
            })
    void refusesWithItsPlace(String line, String reason) {
        String text = line.startsWith("actions") ? HEAD + line : HEAD + ACTIONS + line;
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining(reason.replace("1:: ", ""))
                .hasMessageNotContaining("hooks.slack.com")
                .hasMessageNotContaining("hush");
    }

    @Test
    void refusesAPasswordThatIsWrittenOut() {
        assertThatThrownBy(() ->
                        read((HEAD + ACTIONS).replace("${env:PG_URL}", "jdbc:postgresql://h/d?user=u&password=hush")))
                .hasMessageContaining("state.url: holds a password")
                .hasMessageNotContaining("hush");
    }

    private static AlerterConfig read(String text) throws InvalidPipelineException {
        return YamlConfig.read(text, AlerterConfig.class);
    }
}
