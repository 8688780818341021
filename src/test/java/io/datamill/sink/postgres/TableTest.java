package io.datamill.sink.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.Lineage;
import io.datamill.testing.Outcomes;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void refusesARowThatWasRenderedForOtherColumns() throws Exception {
        Column first = Column.of("sender_ip", Outcomes.SCHEMA);
        Column second = Column.of("subject", Outcomes.SCHEMA);
        RowRenderer renderer = new RowRenderer(List.of(first, second), RowKey.EVENT, new Lineage(Outcomes.PIPELINE));
        renderer.open();
        StoreRow row = renderer.render(Outcomes.of("id", 1, "hello"));
        Table swapped = new Table("scored_message", List.of(second, first));

        assertThatThrownBy(() -> swapped.bind(anyStatement(), row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit the columns of scored_message");
    }

    /** Takes every parameter. */
    private static PreparedStatement anyStatement() {
        return (PreparedStatement) Proxy.newProxyInstance(
                TableTest.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (self, method, args) -> null);
    }
}
