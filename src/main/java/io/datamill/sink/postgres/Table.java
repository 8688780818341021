package io.datamill.sink.postgres;

import io.datamill.sink.outbox.StoreRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * A table whose rows are kept by tenant and event id, each in its highest version.
 *
 * @param table checked to be an identifier, as those of the columns are
 */
record Table(String table, List<Column> columns, int layout) implements Upsert {
    Table(String table, List<Column> columns) {
        this(table, columns, Column.layout(columns));
    }

    static final List<String> FIXED = List.of("tenant", "event_id", "event_time", "version", "lineage");

    /** The fixed columns and then the configured ones. */
    @Override
    public List<String> columnNames() {
        return Stream.concat(FIXED.stream(), columns.stream().map(Column::name)).toList();
    }

    @Override
    public String statement() {
        String quoted = columnNames().stream().map(Table::quote).collect(Collectors.joining(", "));
        String marks = columnNames().stream().map(c -> "?").collect(Collectors.joining(", "));
        String updates = columnNames().stream()
                .skip(2)
                .map(Table::quote)
                .map(c -> c + " = EXCLUDED." + c)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + quote(table) + " AS t (" + quoted + ") VALUES (" + marks
                + ") ON CONFLICT (\"tenant\", \"event_id\") DO UPDATE SET " + updates
                + " WHERE t.\"version\" < EXCLUDED.\"version\"";
    }

    @Override
    public void bind(PreparedStatement statement, StoreRow row) throws SQLException {
        statement.setString(1, row.key().tenant());
        statement.setString(2, row.key().id());
        statement.setObject(3, Column.time(row.time()));
        statement.setLong(4, row.version());
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(row.payload(), null);
        try {
            if (in.readInt() != layout) {
                throw new IOException("it was rendered for other columns");
            }
            ByteBuffer lineage = in.readBytes(null);
            statement.setObject(5, StandardCharsets.UTF_8.decode(lineage).toString(), Types.OTHER);
            int at = FIXED.size() + 1;
            for (Column column : columns) {
                column.bind(in, statement, at++);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "row of " + row.position() + " does not fit the columns of " + table
                            + "; were columns changed under a savepoint while rows waited? Restore with the old ones, and drain first",
                    e);
        }
    }

    private static String quote(String identifier) {
        return '"' + identifier + '"';
    }
}
