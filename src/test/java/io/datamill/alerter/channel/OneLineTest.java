package io.datamill.alerter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void leavesNoCharacterThatBreaksALineOrTurnsIt() {
        assertThat(OneLine.of("a\r\nBcc: x\0y\u2028z\u202eq\u200bw\ud800", 100)).isEqualTo("a  Bcc: x y z q w");
    }

    @Test
    void keepsLettersOfAnyScript() {
        assertThat(OneLine.of("Grüße 世界 🐟", 100)).isEqualTo("Grüße 世界 🐟");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(OneLine.of("🐟🐟🐟", 3)).isEqualTo("🐟🐟…");
    }
}
