package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Writes times as {@code 2002-09-01T12:00:00.000Z}; the day is formatted only when it changes. */
public final class IsoTime {
    private static final long DAY = 86_400_000;
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
    private long day = Long.MIN_VALUE;

    /** @param millis since the epoch */
    public void write(long millis, JsonGenerator json) throws IOException {
        long itsDay = Math.floorDiv(millis, DAY);
        if (itsDay < FIRST_DAY || itsDay > LAST_DAY) {
            json.writeString(Instant.ofEpochMilli(millis).toString());
            return;
        }
        if (itsDay != day) {
            byte[] date = LocalDate.ofEpochDay(itsDay).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(date, 0, text, 0, date.length);
            day = itsDay;
        }
        int rest = (int) Math.floorMod(millis, DAY);
        twoDigits(11, rest / 3_600_000);
        twoDigits(14, rest / 60_000 % 60);
        twoDigits(17, rest / 1000 % 60);
        int milli = rest % 1000;
        text[20] = (byte) ('0' + milli / 100);
        twoDigits(21, milli % 100);
        json.writeRawUTF8String(text, 0, text.length);
    }

    private void twoDigits(int at, int value) {
        text[at] = (byte) ('0' + value / 10);
        text[at + 1] = (byte) ('0' + value % 10);
    }
}
