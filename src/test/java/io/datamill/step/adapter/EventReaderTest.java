package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final EventConfig EVENT =
            new EventConfig("event_id", "received_at", null, "org_id", null, null, null);
    private final Peek peek = new Peek(Mails.adapter(), EVENT, "mail", List.of("from_domain"));
    private final EventReader reader = new EventReader(Mails.adapter(), EVENT, "mail");

    @BeforeEach
    void open() throws Exception {
        peek.open();
        reader.open();
    }

    @AfterEach
    void close() throws Exception {
        peek.close();
        reader.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void givesTheEventItsHeaderAndThePeekedKey(int version) throws Exception {
        SourceRecord mail = Mails.mail(version);
        KeyedRecord keyed = peek.peek(mail);
        Event event = Events.only(reader, keyed);
        assertThat(keyed.key()).isEqualTo("acme|9:a.example");
        assertThat(keyed.time()).isEqualTo(Events.ARRIVAL - 1000);
        assertThat(event.key()).isSameAs(keyed.key());
        assertThat(event.header().tenant()).isEqualTo("acme");
        assertThat(event.header().id()).isEqualTo("id-1");
        assertThat(event.header().time()).isEqualTo(keyed.time());
        assertThat(event.header().source()).isSameAs(mail);
        assertThat(event.header().writerSchema()).isNotNull();
    }

    static Stream<Arguments> wrongHeaders() {
        return Stream.of(
                Arguments.of("NO_TENANT", "org_id", ""),
                Arguments.of("NO_TENANT", "org_id", " "),
                Arguments.of("BAD_TENANT", "org_id", ".."),
                Arguments.of("BAD_TENANT", "org_id", "a/b"),
                Arguments.of("BAD_TENANT", "org_id", "a|b"),
                Arguments.of("BAD_TENANT", "org_id", "caf\u00e9"),
                Arguments.of("BAD_TENANT", "org_id", "a".repeat(65)),
                Arguments.of("NO_ID", "event_id", ""),
                Arguments.of("BAD_ID", "event_id", "a\0"),
                Arguments.of("BAD_ID", "event_id", "i".repeat(257)),
                Arguments.of("BAD_ID", "event_id", "\u20ac".repeat(86)),
                Arguments.of("TIME_OUT_OF_RANGE", "received_at", 0L),
                Arguments.of("TIME_OUT_OF_RANGE", "received_at", Long.MIN_VALUE),
                Arguments.of("TIME_OUT_OF_RANGE", "received_at", Long.MAX_VALUE),
                Arguments.of("TIME_OUT_OF_RANGE", "received_at", Events.ARRIVAL + DAY + 1));
    }

    @ParameterizedTest
    @MethodSource("wrongHeaders")
    void rejectsAHeaderThatCannotBe(String reason, String field, Object value) {
        KeyedRecord keyed = peek.peek(Mails.mail(4, field, value));
        assertRejected(reason, keyed);
        boolean keyless = reason.endsWith("TENANT");
        assertThat(EventKey.isPosition(keyed.key())).isEqualTo(keyless);
        assertThat(keyed.time())
                .isEqualTo(keyless || reason.startsWith("TIME") ? Long.MIN_VALUE : Events.ARRIVAL - 1000);
    }

    @Test
    void acceptsWhatLiesJustWithinTheRules() throws Exception {
        for (long time : new long[] {Instant.parse("1990-01-01T00:00:00Z").toEpochMilli(), Events.ARRIVAL + DAY}) {
            KeyedRecord keyed = peek.peek(Mails.mail(4, "received_at", time));
            assertThat(keyed.time()).isEqualTo(time);
            assertThat(Events.only(reader, keyed).header().time()).isEqualTo(time);
        }
        String id = "\u20ac".repeat(85);
        assertThat(Events.only(reader, peek.peek(Mails.mail(4, "event_id", id)))
                        .header()
                        .id())
                .isEqualTo(id);
        assertThat(Events.only(reader, peek.peek(Mails.mail(4, "org_id", "a.B-c_9")))
                        .header()
                        .tenant())
                .isEqualTo("a.B-c_9");
    }

    @Test
    void saysBothBoundsOfATimeThatIsNotBelieved() {
        assertThatThrownBy(() -> Events.only(reader, peek.peek(Mails.mail(4, "received_at", 0L))))
                .hasMessageContaining("1970-01-01T00:00:00Z")
                .hasMessageContaining("1990-01-01T00:00:00Z")
                .hasMessageContaining("2026-03-02T12:00:00Z");
    }

    @Test
    void keepsWhatASenderChoseShortAndPlainInMessages() {
        assertThatThrownBy(() ->
                        Events.only(reader, peek.peek(Mails.mail(4, "org_id", "\n\u001b" + "x".repeat(1 << 18)))))
                .message()
                .hasSizeLessThan(300)
                .contains("\\u000a\\u001b")
                .contains("of 262146 characters");
    }

    @Test
    void refusesARecordThatIsTooLarge() {
        String subject = "x".repeat(EventReader.MAX_EVENT_BYTES);
        assertThatThrownBy(() -> Events.only(reader, peek.peek(Mails.mail(4, "subject", subject))))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo("RECORD_TOO_LARGE"))
                .hasMessageContaining("expected at most 524288");
    }

    @Test
    void tellsNullFromEmptyInTheKey() {
        assertThat(peek.peek(Mails.mail(4, "from_domain", null)).key()).isEqualTo("acme|-");
        assertThat(peek.peek(Mails.mail(4, "from_domain", "")).key()).isEqualTo("acme|0:");
    }

    @Test
    void sendsWhatCannotBePeekedOnUnderItsPosition() {
        byte[] data = Mails.mail(4).data();
        KeyedRecord keyed = peek.peek(Events.record(Arrays.copyOf(data, 30)));
        assertThat(keyed.key()).isEqualTo("#stream/shardId-000000000000/4965");
        assertThat(keyed.time()).isEqualTo(Long.MIN_VALUE);
        assertRejected("TRUNCATED", keyed);
    }

    @Test
    void rejectsWhatBecameReadableOnlyBehindTheShuffle() {
        SourceRecord mail = Mails.mail(4);
        assertRejected("READ_TOO_EARLY", new KeyedRecord(EventKey.ofPosition(mail.position()), Long.MIN_VALUE, mail));
    }

    @Test
    void travelsClosed() throws Exception {
        EventReader arrived = InstantiationUtil.clone(reader);
        Peek peekArrived = InstantiationUtil.clone(peek);
        arrived.open();
        peekArrived.open();
        assertThat(Events.only(arrived, peekArrived.peek(Mails.mail(2))).key()).isEqualTo("acme|9:a.example");
    }

    private void assertRejected(String reason, KeyedRecord keyed) {
        assertThatThrownBy(() -> Events.only(reader, keyed))
                .isInstanceOfSatisfying(
                        RejectedEventException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
