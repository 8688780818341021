package io.datamill.sink.postgres;

import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.StoreRow;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How rows go into one table: a row that is there is replaced only by a higher version. */
interface Upsert extends Serializable {

    String table();

    /** Every column that the statement sets. */
    List<String> columnNames();

    /** An INSERT with one parenthesis of parameters, which the driver repeats for a batch. */
    String statement();

    /** Sets one row's parameters: the JDBC connector's statement builder. */
    void bind(PreparedStatement statement, StoreRow row) throws SQLException;

    /** @throws FatalStoreException naming what is missing and how to create it */
    default void check(Connection connection) throws SQLException {
        Set<String> there = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT column_name"
                + " FROM information_schema.columns"
                + " WHERE table_name = ? AND table_schema = ANY (current_schemas(false))")) {
            statement.setString(1, table());
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    there.add(names.getString(1));
                }
            }
        }
        List<String> missing =
                columnNames().stream().filter(column -> !there.contains(column)).toList();
        if (!missing.isEmpty()) {
            String what = there.isEmpty()
                    ? "no table '" + table() + "'"
                    : "table '" + table() + "' has no column " + String.join(", ", missing);
            throw new FatalStoreException(what + "; run: datamill migrate --postgres-url <url>", null);
        }
    }
}
