package io.datamill.sink.elasticsearch;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The index of a time: {@code <alias>-yyyy.MM} in UTC. By event time, so that the same event always has the same index;
 * by arrival time, a repeat after the month's end would be a second document.
 */
final class MonthlyIndices {
    private final String alias;
    private long from;
    private long to;
    private String index;

    MonthlyIndices(String alias) {
        this.alias = alias;
    }

    /** @param millis since the epoch */
    String of(long millis) {
        if (index == null || millis < from || millis >= to) {
            YearMonth month = YearMonth.from(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
            from = start(month);
            to = start(month.plusMonths(1));
            index = String.format(Locale.ROOT, "%s-%04d.%02d", alias, month.getYear(), month.getMonthValue());
        }
        return index;
    }

    private static long start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
