package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.YamlStep;

import org.junit.jupiter.api.Test;

class RedactTest {
    private static final String FIELDS = "{ s: string?, n: int }";

    @Test
    void coversTheWholeValue() throws Exception {
        YamlStep step = new YamlStep("{ redact: { fields: [s] } }", FIELDS);

        assertThat(step.run("{ s: secret, n: 1 }")).isEqualTo("{s: ***, n: 1}");
        assertThat(step.run("{ s: null, n: 1 }")).isEqualTo("{s: null, n: 1}");
        assertThat(step.planning().replaced()).containsExactly("s");
    }

    @Test
    void coversMatchesAndTakesTheCoverAsItIs() throws Exception {
        YamlStep step = new YamlStep("{ redact: { fields: [s], pattern: '[0-9]{2,}', with: '$0' } }", FIELDS);

        assertThat(step.run("{ s: a12b3c456, n: 1 }")).isEqualTo("{s: a$0b3c$0, n: 1}");
    }

    @Test
    void keepsTheLastCharactersOfALongerValue() throws Exception {
        YamlStep step = new YamlStep("{ redact: { fields: [s], keep-last: 2 } }", FIELDS);

        assertThat(step.run("{ s: abc, n: 1 }")).isEqualTo("{s: ***bc, n: 1}");
        assertThat(step.run("{ s: ab, n: 1 }")).isEqualTo("{s: ***, n: 1}");
        assertThat(step.run("{ s: a😀😀, n: 1 }")).isEqualTo("{s: ***😀😀, n: 1}");
    }

    @Test
    void tellsWhatDoesNotFit() throws Exception {
        assertThat(new YamlStep("{ redact: { fields: [s, n, q, s] } }", FIELDS).problems())
                .containsExactly(
                        "fields[1]: field 'n' is int, expected a string; cast it to string or drop it",
                        "fields[2]: no field 'q'",
                        "fields[3]: field 's' is named twice");
        assertThat(new YamlStep("{ redact: { fields: [s], pattern: '(' } }", FIELDS).problems())
                .containsExactly("redact.pattern: is no RE2 pattern: error parsing regexp: missing closing ): `(`");
        assertThat(new YamlStep("{ redact: { fields: [s], pattern: 'a*' } }", FIELDS).problems())
                .containsExactly("redact.pattern: 'a*' matches the empty text, which is everywhere");
        assertThat(new YamlStep("{ redact: { fields: [s], pattern: a, keep-last: 2 } }", FIELDS).problems())
                .containsExactly("redact.keep-last: does not go together with pattern; give one of them");
    }
}
