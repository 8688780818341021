package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import io.datamill.config.Reference;
import io.datamill.step.Planning;
import java.util.List;
import org.apache.avro.SchemaBuilder;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymiseTest {
    @TempDir
    private Path folder;

    /** RFC 4231, test cases 1, 6 and 7. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            0b ~ 20  ~ Hi There ~ b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
            aa ~ 131 ~ Test Using Larger Than Block-Size Key - Hash Key First ~ 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54
            aa ~ 131 ~ This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm. ~ 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2
            """)
    void agreesWithRfc4231(String key, int times, String data, String expected) throws Exception {
        YamlStep step = step("hex:" + key.repeat(times), "");

        assertThat(step.run("{ s: '" + data + "', t: null }"))
                .isEqualTo("{s: " + expected + ", t: null, s_key_id: k1, t_key_id: k1}");
        assertThat(step.run("{ s: '" + data + "', t: null }")).as("the next event").contains(expected);
    }

    @Test
    void cutsAndNormalisesAndStoresOneKeyId() throws Exception {
        YamlStep step = step("sixteen bytes ok", ", length: 16, normalise: lower, key-id-as: k");

        String ann = step.run("{ s: Ann, t: ann }");
        assertThat(ann).matches("\\{s: ([0-9a-f]{16}), t: \\1, k: k1}");
        assertThat(step("sixteen bytes ok", ", length: 16").run("{ s: Ann, t: ann }"))
                .doesNotMatch("\\{s: ([0-9a-f]{16}), t: \\1, .*");
    }

    @Test
    void refusesAShortKeyWithoutTellingIt() {
        Assertions.assertThatThrownBy(() -> step("hunter2hunter2!", ""))
                .hasMessageEndingWith(" has 15 bytes, expected at least 16")
                .hasMessageNotContaining("hunter2");
        Assertions.assertThatThrownBy(() -> step("hex:0102zz", "")).hasMessageNotContaining("0102zz");
    }

    @Test
    void theKeyIsNeverInThePlannedStep() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "a key that stays at home");
        Object step = new Pseudonymise.Config(
                        List.of("s"), new Reference("${file:" + file + "}"), "k1", null, null, null)
                .plan(new Planning(
                        SchemaBuilder.record("R").fields().requiredString("s").endRecord(),
                        (option, message) -> Assertions.fail(message)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(step);
        }
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).contains("key").doesNotContain("stays at home");
    }

    @Test
    void refusesAKeyThatIsWrittenOut() throws Exception {
        for (String key : List.of("hunter2hunter2hunter2", "${env:KEY:-hunter2}", "hunter2${env:KEY}")) {
            assertThat(new YamlStep(
                                    "{ pseudonymise: { fields: [s], key: \"" + key + "\", key-id: k1 } }",
                                    "{ s: string }")
                            .problems())
                    .singleElement()
                    .asString()
                    .startsWith("pseudonymise.key: expected a reference alone, without a default")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void tellsWhatDoesNotFit() throws Exception {
        String key = ", key: \"${env:NO_SUCH_KEY}\", key-id: k1";
        String fields = "{ s: string, n: int, s_key_id: string }";
        assertThat(new YamlStep("{ pseudonymise: { fields: [s]" + key + " } }", fields).problems())
                .containsExactly("fields: field 's_key_id' is there already; choose another name");
        assertThat(new YamlStep("{ pseudonymise: { fields: [n, x]" + key + " } }", fields).problems())
                .containsExactly(
                        "fields[0]: field 'n' is int, expected a string; cast it to string first",
                        "fields[1]: no field 'x'");
        assertThat(new YamlStep("{ pseudonymise: { fields: [s], length: 15" + key + " } }", fields).problems())
                .containsExactly("pseudonymise.length: is 15, expected an even number from 16 to 64");
        assertThat(new YamlStep("{ pseudonymise: { fields: [s] } }", fields).problems())
                .containsExactly("pseudonymise.key: is missing; give a reference such as ${file:/run/secrets/key}");
    }

    private YamlStep step(String key, String options) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), key);
        return new YamlStep(
                "{ pseudonymise: { fields: [s, t], key: \"${file:" + file + "}\", key-id: k1" + options + " } }",
                "{ s: string, t: string? }");
    }
}
