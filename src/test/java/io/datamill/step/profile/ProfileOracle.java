package io.datamill.step.profile;

import io.datamill.event.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the documentation says of each feature, worked out from all events of a key that have come so far. */
final class ProfileOracle {
    private final List<Event> events = new ArrayList<>();
    private Event now;

    /** The event that is asked about: it has come. */
    void add(Event event) {
        events.add(event);
        now = event;
    }

    private static long slot(Event event, Duration slot) {
        return Math.floorDiv(event.header().time(), slot.toMillis());
    }

    /** The events of so many windows, each of so many slots, from that of the event back; 0 is the latest. */
    private Stream<Event> window(Duration slot, int slots, int back) {
        long end = slot(now, slot) - (long) back * slots;
        return events.stream().filter(event -> slot(event, slot) <= end && slot(event, slot) > end - slots);
    }

    long count(Duration slot, int slots) {
        return window(slot, slots, 0).count();
    }

    double rate(Duration slot, int slots) {
        double latest = window(slot, slots, 0).count();
        double before = window(slot, slots, 1).count();
        return (latest - before) / (latest + before);
    }

    double share(Duration slot, int slots, Function<Event, Boolean> condition) {
        return window(slot, slots, 0).filter(condition::apply).count() / (double) count(slot, slots);
    }

    private List<BigDecimal> numbers(Duration slot, int slots, int field, int scale) {
        return values(slot, slots, field)
                .filter(value -> !(value instanceof Double real) || Double.isFinite(real))
                .map(value -> value instanceof ByteBuffer decimal
                        ? new BigDecimal(unscaled(decimal), scale)
                        : new BigDecimal(value.toString()))
                .toList();
    }

    private static BigInteger unscaled(ByteBuffer decimal) {
        byte[] digits = new byte[decimal.remaining()];
        decimal.duplicate().get(digits);
        return new BigInteger(digits);
    }

    private Stream<Object> values(Duration slot, int slots, int field) {
        return window(slot, slots, 0).map(event -> event.values()[field]).filter(Objects::nonNull);
    }

    BigDecimal sum(Duration slot, int slots, int field, int scale) {
        return numbers(slot, slots, field, scale).stream()
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    Double avg(Duration slot, int slots, int field, int scale) {
        List<BigDecimal> numbers = numbers(slot, slots, field, scale);
        return numbers.isEmpty()
                ? null
                : sum(slot, slots, field, scale)
                        .divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128)
                        .doubleValue();
    }

    BigDecimal min(Duration slot, int slots, int field, int scale) {
        return numbers(slot, slots, field, scale).stream()
                .min(BigDecimal::compareTo)
                .orElse(null);
    }

    BigDecimal max(Duration slot, int slots, int field, int scale) {
        return numbers(slot, slots, field, scale).stream()
                .max(BigDecimal::compareTo)
                .orElse(null);
    }

    Double ewma(Duration halfLife, int field) {
        double sum = 0;
        double weights = 0;
        for (Event event : events) {
            if (event.values()[field] instanceof Number number
                    && Double.isFinite(number.doubleValue())
                    && slot(event, halfLife) <= slot(now, halfLife)
                    && slot(event, halfLife) > slot(now, halfLife) - 32) {
                double age = now.header().time() - event.header().time();
                double weight = Math.pow(0.5, age / halfLife.toMillis());
                sum += weight * number.doubleValue();
                weights += weight;
            }
        }
        return weights == 0 ? null : (Double) (sum / weights);
    }

    Map<Object, Long> counts(Duration slot, int slots, int field) {
        return values(slot, slots, field).collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    Long first(int field) {
        return events.stream()
                .map(event -> (Long) event.values()[field])
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    /** Of those before the event. */
    Long last(int field) {
        return events.subList(0, events.size() - 1).stream()
                .map(event -> (Long) event.values()[field])
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }
}
