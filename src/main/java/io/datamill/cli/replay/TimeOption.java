package io.datamill.cli.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment as an option has it: {@code 2026-01-31T12:00:00Z}, or {@code 2026-01-31} for the beginning of that day in UTC. */
public final class TimeOption implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "expected a time such as 2026-01-31T12:00:00Z or a day such as 2026-01-31, but read '" + text
                            + "'");
        }
    }
}
