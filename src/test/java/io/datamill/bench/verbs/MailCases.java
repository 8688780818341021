package io.datamill.bench.verbs;

import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Adapter;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** E-mail metadata as a sensor sends it. */
final class MailCases {
    private MailCases() {}

    static Work adapter() {
        return Works.adapter(opened(), MailCases::mail);
    }

    /** As the adapter gives them. */
    static List<Object[]> rows() {
        Adapter adapter = opened();
        return IntStream.range(0, Works.POOL)
                .mapToObj(i -> values(adapter, mail(i)))
                .toList();
    }

    static Schema schema() {
        return opened().schema();
    }

    private static Adapter opened() {
        try {
            Adapter adapter = Mails.adapter();
            adapter.open();
            return adapter;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object[] values(Adapter adapter, SourceRecord record) {
        try {
            return Events.only(adapter, record).values();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SourceRecord mail(int i) {
        return Mails.mail(
                4,
                "event_id",
                "id-" + i,
                "received_at",
                Varied.millis(i),
                "from_domain",
                Varied.domain(i),
                "from_address",
                Varied.mail(i),
                "from_name",
                Varied.text(i, 2),
                "message_id",
                Varied.word(i) + '@' + Varied.domain(i),
                "subject",
                Varied.text(i, 6) + (i % 5 == 0 ? "!" : ""),
                "content_type",
                i % 2 == 0 ? "text/html" : "multipart/alternative",
                "url_count",
                i % 7,
                "recipients",
                List.of(Varied.mail(i + 1), Varied.mail(i + 2)));
    }
}
