package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeekTest {
    private static final EventConfig TIMELESS = new EventConfig("id", null, null, null, null, null, null);
    private static final SourceRecord UNREADABLE = Events.record("no JSON".getBytes(StandardCharsets.UTF_8));

    @Test
    void doesNotReadARecordOfWhichNothingIsAsked() throws Exception {
        try (YamlAdapter json = new YamlAdapter("json: { fields: { id: string, at: timestamp } }")) {
            KeyedRecord peeked = peek(json.adapter(), TIMELESS, List.of(), UNREADABLE);
            assertThat(peeked.time()).isEqualTo(Events.ARRIVAL);
            assertThat(EventKey.isPosition(peeked.key())).isTrue();
            assertThat(peeked.record()).isSameAs(UNREADABLE);
        }
    }

    @Test
    void readsItForATime() throws Exception {
        EventConfig timed = new EventConfig("id", "at", null, null, null, null, null);
        try (YamlAdapter json = new YamlAdapter("json: { fields: { id: string, at: timestamp } }")) {
            SourceRecord record = Events.record("{\"id\":\"a\",\"at\":1772366399000}".getBytes(StandardCharsets.UTF_8));
            assertThat(peek(json.adapter(), timed, List.of(), record).time()).isEqualTo(1772366399000L);
            assertThat(peek(json.adapter(), timed, List.of(), UNREADABLE).time())
                    .isEqualTo(Long.MIN_VALUE);
        }
    }

    @Test
    void readsItForTheTenantThatAnEventOfAPeekableRecordIsUnder() throws Exception {
        EventConfig timeless = new EventConfig("event_id", null, null, "org_id", null, null, null);
        assertThat(peek(Mails.adapter(), timeless, List.of(), Mails.mail(4)).key())
                .isEqualTo("acme");
        assertThat(peek(Mails.adapter(), timeless, List.of("from_domain"), Mails.mail(4))
                        .key())
                .isEqualTo("acme|9:a.example");
    }

    private static KeyedRecord peek(Adapter adapter, EventConfig event, List<String> key, SourceRecord record)
            throws Exception {
        Peek peek = new Peek(adapter, event, "mail", key);
        peek.open();
        try {
            return peek.peek(record);
        } finally {
            peek.close();
        }
    }
}
