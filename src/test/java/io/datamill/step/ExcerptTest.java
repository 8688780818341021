package io.datamill.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.RejectedEventException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final String FACE = "\uD83D\uDE00";

    @Test
    void quotesAText() {
        assertThat(Excerpt.of("a")).isEqualTo("'a'");
        assertThat(Excerpt.of(7)).isEqualTo("7");
        assertThat(Excerpt.of(null)).isEqualTo("null");
    }

    @Test
    void cutsNoPairOfSurrogates() {
        assertThat(Excerpt.of("a".repeat(79) + FACE)).isEqualTo("'" + "a".repeat(79) + "...' (81 characters)");
    }

    @Test
    void cutsALongList() {
        assertThat(Excerpt.of(Collections.nCopies(10_000, 1)))
                .hasSizeLessThan(120)
                .endsWith("... (30000 characters)");
    }

    @Test
    void aRejectsMessageIsCut() {
        String message = "a".repeat(1_999) + FACE.repeat(10);

        assertThat(new RejectedEventException("R", message)).hasMessage("a".repeat(1_999) + "...");
        assertThat(new RejectedEventException("R", null)).hasMessage(null);
    }
}
