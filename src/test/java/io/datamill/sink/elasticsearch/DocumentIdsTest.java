package io.datamill.sink.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.sink.outbox.StoreRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DocumentIdsTest {
    @Test
    void isTenantAndEventId() {
        assertThat(id("acme", "a:b%c")).isEqualTo("acme:a:b%c");
    }

    @Test
    void noTwoKeysShareOne() {
        assertThat(id("a:b", "c")).isNotEqualTo(id("a", "b:c"));
        assertThat(id("a%3Ab", "c")).isNotEqualTo(id("a:b", "c"));
    }

    @Test
    void aLongOneIsHashedToFit() {
        String one = id("acme", "é".repeat(300));
        assertThat(one).startsWith("#").hasSize(65);
        assertThat(id("acme", "é".repeat(299) + "e")).isNotEqualTo(one);
        String longest = id("acme", "x".repeat(507));
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(512);
    }

    @Test
    void theIndexIsTheMonthOfTheTimeInUtc() {
        MonthlyIndices indices = new MonthlyIndices("scored");
        assertThat(indices.of(time("2002-09-30T23:59:59.999Z"))).isEqualTo("scored-2002.09");
        assertThat(indices.of(time("2002-10-01T00:00:00Z"))).isEqualTo("scored-2002.10");
        assertThat(indices.of(time("2002-09-01T00:00:00Z"))).isEqualTo("scored-2002.09");
        assertThat(indices.of(time("2002-08-31T23:59:59.999Z"))).isEqualTo("scored-2002.08");
    }

    private static long time(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    private static String id(String tenant, String event) {
        return DocumentIds.of(new StoreRow.Key(tenant, event));
    }
}
