package io.datamill.sink.postgres;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.StatelessStep;
import java.util.List;

/** Rejects an event with U+0000 in a text of its row: Postgres takes it in none, and the other stores would. */
final class TextCheck implements StatelessStep {
    private static final long serialVersionUID = 1L;

    private final List<Column> texts;

    TextCheck(List<Column> columns) {
        this.texts = columns.stream()
                .filter(column -> column.kind() == Column.Kind.TEXT)
                .toList();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        RowRenderer.text("tenant", event.header().tenant());
        RowRenderer.text("event_id", event.header().id());
        for (int i = 0; i < texts.size(); i++) {
            Object value = texts.get(i).from().in(event.values());
            if (value != null) {
                RowRenderer.text(texts.get(i).name(), value.toString());
            }
        }
        return event;
    }
}
