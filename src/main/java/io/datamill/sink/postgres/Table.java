package io.datamill.sink.postgres;

import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.StoreRow;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * A table whose rows are kept by tenant and event id, each in its highest version.
 *
 * @param name checked to be an identifier, as those of the columns are
 */
record Table(String name, List<Column> columns) implements Serializable {
    static final List<String> FIXED = List.of("tenant", "event_id", "event_time", "version", "lineage");

    /** The fixed columns and then the configured ones. */
    Stream<String> columnNames() {
        return Stream.concat(FIXED.stream(), columns.stream().map(Column::name));
    }

    String upsert() {
        String quoted = columnNames().map(Table::quote).collect(Collectors.joining(", "));
        String marks = columnNames().map(c -> "?").collect(Collectors.joining(", "));
        String updates = columnNames()
                .skip(2)
                .map(Table::quote)
                .map(c -> c + " = EXCLUDED." + c)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + quote(name) + " AS t (" + quoted + ") VALUES (" + marks
                + ") ON CONFLICT (\"tenant\", \"event_id\") DO UPDATE SET " + updates
                + " WHERE t.\"version\" < EXCLUDED.\"version\"";
    }

    /** Sets one row's parameters: the JDBC connector's statement builder. */
    void bind(PreparedStatement statement, StoreRow row) throws SQLException {
        statement.setString(1, row.key().tenant());
        statement.setString(2, row.key().id());
        statement.setObject(3, Column.time(row.time()));
        statement.setLong(4, row.version());
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(row.payload(), null);
        try {
            ByteBuffer lineage = in.readBytes(null);
            statement.setObject(5, StandardCharsets.UTF_8.decode(lineage).toString(), Types.OTHER);
            int at = FIXED.size() + 1;
            for (Column column : columns) {
                column.bind(in, statement, at++);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "row of " + row.position() + " does not fit the columns of " + name
                            + "; were columns changed under a savepoint with rows still waiting?",
                    e);
        }
    }

    /** @throws FatalStoreException naming what is missing and how to create it */
    void check(Connection connection) throws SQLException {
        Set<String> there = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT column_name"
                + " FROM information_schema.columns"
                + " WHERE table_name = ? AND table_schema = ANY (current_schemas(false))")) {
            statement.setString(1, name);
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    there.add(names.getString(1));
                }
            }
        }
        if (there.isEmpty()) {
            throw missing("no table '" + name + "'");
        }
        List<String> missing =
                columnNames().filter(column -> !there.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw missing("table '" + name + "' has no column " + String.join(", ", missing));
        }
    }

    private static FatalStoreException missing(String what) {
        return new FatalStoreException(what + "; run: datamill migrate --postgres-url <url>", null);
    }

    private static String quote(String identifier) {
        return '"' + identifier + '"';
    }
}
