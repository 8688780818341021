package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
    private static final ZoneId UTC = ZoneOffset.UTC;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd/MMM/uuuu:HH:mm:ss Z",
                "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
                "uuuu-MM-dd HH:mm",
                "uuuuMMddHHmmss",
                "uuuu-MM-dd HH:mm:ss,SSS",
                "MMM dd uuuu 'at' HH:mm Z"
            })
    void readsWhatTheFormatterReadsAndNothingElse(String pattern) {
        DateTimeFormatter formatter =
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        PlainTime plain = PlainTime.of(pattern, Locale.ENGLISH, UTC);
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            ZonedDateTime time = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L))
                    .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-1079, 1080) * 60))
                    .toZonedDateTime();
            String text = changed(formatter.format(time), random);
            Long millis = plain.millis(text);
            if (millis != null) {
                read++;
                assertThat(millis).as(text).isEqualTo(slowly(formatter, text));
            }
        }
        assertThat(read).isGreaterThan(5_000);
    }

    /** Half of them as they are, the others with one character in the place of another. */
    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        if (random.nextBoolean()) {
            changed.setCharAt(random.nextInt(text.length()), "0123456789+-:ZJ ".charAt(random.nextInt(16)));
        }
        return changed.toString();
    }

    private static Long slowly(DateTimeFormatter formatter, String text) {
        try {
            var read = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return (read instanceof ZonedDateTime zoned ? zoned : ((LocalDateTime) read).atZone(UTC))
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d/MM/uuuu HH:mm",
                "dd/MM/uu HH:mm",
                "dd/MM/uuuu hh:mm a",
                "uuuu-MM-dd",
                "uuuu-MM-dd HH:mm VV",
                "uuuu-MM-dd HH:mm[:ss]",
                "uuuu-MM-dd 'o''clock' HH:mm",
                "uuuu-MM-dd '' HH:mm",
                "uuuu-MM-dd HH:mm 'x",
                "uuuu-MM-dd HH:mm dd"
            })
    void leavesOtherPatternsToTheFormatter(String pattern) {
        assertThat(PlainTime.of(pattern, Locale.ENGLISH, UTC)).isNull();
    }

    @Test
    void leavesZonesWithChangingOffsetsToTheFormatter() {
        assertThat(PlainTime.of("uuuu-MM-dd HH:mm", Locale.ENGLISH, ZoneId.of("Europe/Vienna")))
                .isNull();
        assertThat(PlainTime.of("uuuu-MM-dd HH:mm", Locale.ENGLISH, null)).isNull();
    }

    @Test
    void leavesLongerNamesOfMonthsToTheFormatter() {
        assertThat(PlainTime.of("dd MMM uuuu HH:mm", Locale.GERMAN, UTC)).isNull();
    }
}
