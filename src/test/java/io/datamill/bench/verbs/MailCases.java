package io.datamill.bench.verbs;

import io.datamill.config.Reference;
import io.datamill.event.SourceRecord;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.score.Score;
import io.datamill.testing.Events;
import io.datamill.testing.Mails;
import java.util.List;
import java.util.stream.IntStream;

/** E-mail metadata as a sensor sends it. */
final class MailCases {
    private MailCases() {}

    static Work adapter() throws Exception {
        Adapter adapter = Mails.adapter();
        adapter.open();
        return Works.adapter(adapter, MailCases::mail);
    }

    /** By the project's own model. */
    static Work score() throws Exception {
        Adapter adapter = Mails.adapter();
        adapter.open();
        Planning planning = new Planning(adapter.schema(), (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        StatelessStep step = (StatelessStep)
                new Score.Config(new Reference("flink-conf/models/email-trust"), "trust").plan(planning);
        List<Object[]> rows = IntStream.range(0, Works.POOL)
                .mapToObj(i -> values(adapter, mail(i)))
                .toList();
        return Works.step(step, rows::get);
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
