package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.schema.SharedData;
import io.datamill.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class UserAgentTest {
    private static final Schema INPUT =
            SchemaBuilder.record("R").fields().optionalString("agent").endRecord();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0|Firefox|115|Linux||Other|false",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                        + " Version/16.5 Mobile/15E148 Safari/604.1|Mobile Safari|16|iOS|16|iPhone|false",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)|Googlebot|2|Other||Spider|true",
                "no such agent|Other||Other||Other|false",
            })
    void readsAHeader(String header, String family, String major, String os, String osMajor, String device, boolean bot)
            throws Exception {
        GenericRecord agent = agent(runner(null), header);
        assertThat(agent.get("family")).isEqualTo(family);
        assertThat(agent.get("major")).isEqualTo(major);
        assertThat(agent.get("os")).isEqualTo(os);
        assertThat(agent.get("os_major")).isEqualTo(osMajor);
        assertThat(agent.get("device")).isEqualTo(device);
        assertThat(agent.get("bot")).isEqualTo(bot);
    }

    @Test
    void knowsNothingOfNoHeader() throws Exception {
        for (String header : new String[] {null, ""}) {
            assertThat(agent(runner(null), header)).hasToString("{\"family\": \"Other\", \"major\": null,"
                    + " \"os\": \"Other\", \"os_major\": null, \"device\": \"Other\", \"bot\": false}");
        }
    }

    @Test
    void looksAtTheFirst1024CharactersOnly() throws Exception {
        StepRunner runner = runner(null);
        String firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0";
        assertThat(agent(runner, " ".repeat(1_024 - firefox.length()) + firefox).get("family"))
                .isEqualTo("Firefox");
        assertThat(agent(runner, " ".repeat(1_024) + firefox).get("family")).isEqualTo("Other");
        // 2 s for 60,000 characters without the cap.
        Assertions.assertTimeout(
                Duration.ofSeconds(2), () -> agent(runner, "Mozilla/5.0 (" + "Linux; Android ".repeat(4_000)));
    }

    @Test
    void remembersAnswers() throws Exception {
        StepRunner runner = runner(null);
        assertThat(agent(runner, "curl/8.0")).isSameAs(agent(runner, "curl/8.0"));
    }

    @Test
    void takesPatternsOfOnesOwn(@TempDir Path folder) throws Exception {
        Path regexes = Files.writeString(folder.resolve("regexes.yaml"), """
                user_agent_parsers: [{ regex: '(Ours)/(\\d+)' }]
                os_parsers: []
                device_parsers: []
                """);
        GenericRecord agent = agent(runner(regexes), "Ours/3 Firefox/115.0");
        assertThat(agent.get("family")).isEqualTo("Ours");
        assertThat(agent.get("major")).isEqualTo("3");
        Files.writeString(regexes, "user_agent_parsers: 3");
        assertThatThrownBy(() -> runner(regexes)).hasMessageContaining("regexes.yaml is no");
    }

    /**
     * Of uap-core's cases of 2026-08, of which every 20th is asked here: with the shipped patterns 89% of the families,
     * 97% of the operating systems and 99% of the devices; with the patterns of that day all.
     */
    @Test
    void isRightInMostOfTheProjectsCases() throws Exception {
        StepRunner shipped = runner(null);
        assertThat(share(shipped, "test_ua", "family")).isGreaterThan(0.85);
        assertThat(share(shipped, "test_os", "os")).isGreaterThan(0.9);
        assertThat(share(shipped, "test_device", "device")).isGreaterThan(0.95);
        StepRunner current = runner(SharedData.find("uap-core/regexes.yaml"));
        assertThat(share(current, "test_ua", "family")).isEqualTo(1);
        assertThat(share(current, "test_os", "os")).isEqualTo(1);
    }

    private static double share(StepRunner runner, String file, String field) throws Exception {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(16 << 20);
        Map<String, List<Map<String, String>>> cases;
        try (var in = Files.newInputStream(SharedData.find("uap-core/tests/" + file + ".yaml"))) {
            cases = new Yaml(new SafeConstructor(options)).load(in);
        }
        List<Map<String, String>> all = cases.get("test_cases");
        int right = 0;
        int asked = 0;
        int step = all.size() > 2_000 ? 400 : 20; // A case takes 1 to 5 ms.
        for (int i = 0; i < all.size(); i += step) {
            asked++;
            right += all.get(i).get("family").equals(agent(runner, all.get(i).get("user_agent_string")).get(field))
                    ? 1
                    : 0;
        }
        return (double) right / asked;
    }

    private static StepRunner runner(Path regexes) throws Exception {
        return new StepRunner(
                INPUT,
                new UserAgent.Config("agent", "ua", regexes == null ? null : new Reference(regexes.toString())));
    }

    private static GenericRecord agent(StepRunner runner, String header) throws Exception {
        return (GenericRecord) runner.run(header)[1];
    }
}
