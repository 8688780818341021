package io.datamill.step.join;

import io.datamill.config.Reference;
import io.datamill.step.FieldTypes;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * One connection to a Postgres that finds rows by their key, opened when it is needed. What may pass is tried again with
 * longer and longer pauses, for 12 s in all. Not safe for use by several threads.
 */
final class PostgresRows implements AutoCloseable {
    /** Hosts with a port or without; the driver shows any other URL in its messages, with the password. */
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://HOST(,HOST)*/[^?@]*(\\?.*)?"
            .replace("HOST", "(\\[[0-9A-Fa-f:.]+]|[\\w.-]+)(:[0-9]{1,5})?"));

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** No connection, no resources, an operator's intervention, a deadlock. */
    private static final Pattern TRANSIENT = Pattern.compile("(08|53|57|40).*");

    /** A text that is no value of the column: no row has it. */
    private static final Pattern WRONG_VALUE = Pattern.compile("22.*");

    private static final String SECONDS_TO_ANSWER = "10";
    private static final int ATTEMPTS = 7;
    private static final long FIRST_PAUSE_MILLIS = 200;

    /**
     * Where rows are and which are wanted.
     *
     * @param statement asks for one row, with a parameter for each column of the key
     */
    record Query(Reference url, String statement, Taken taken) implements Serializable {

        /** @param from a table's quoted name, or a query in brackets */
        static Query of(Reference url, String from, List<String> key, Taken taken) {
            String columns = taken.columns().stream().map(c -> "t." + quote(c)).collect(Collectors.joining(", "));
            String condition = key.stream().map(c -> "t." + quote(c) + " = ?").collect(Collectors.joining(" AND "));
            return new Query(
                    url, "SELECT " + columns + " FROM " + from + " AS t WHERE " + condition + " LIMIT 1", taken);
        }
    }

    private final Query query;
    private final String url;
    private final Calendar utc = Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
    private Connection connection;
    private PreparedStatement statement;

    /** @throws IllegalArgumentException without the URL itself, which may hold a password */
    PostgresRows(Query query) {
        this.query = query;
        this.url = query.url().resolve();
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException("the url of Postgres is none that the driver takes;"
                    + " expected jdbc:postgresql://host:5432/database?user=u&password=p");
        }
    }

    /** Whether a name can stand in a statement, quoted, without being escaped. */
    static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }

    static String quote(String identifier) {
        return '"' + identifier + '"';
    }

    /** @throws SQLException unless the table and its columns are there */
    void check() throws SQLException, InterruptedException {
        retrying(() -> statement().getMetaData());
    }

    /**
     * The row of a key, or null where there is none.
     *
     * @param key each as text, which Postgres reads as the column's type
     * @throws SQLException if the database has not answered at the last attempt, or refuses the query
     */
    GenericData.Record find(List<String> key) throws SQLException, InterruptedException {
        return retrying(() -> {
            PreparedStatement prepared = statement();
            for (int i = 0; i < key.size(); i++) {
                prepared.setString(i + 1, key.get(i));
            }
            try (ResultSet rows = execute(prepared)) {
                return rows != null && rows.next() ? record(rows) : null;
            }
        });
    }

    private static ResultSet execute(PreparedStatement prepared) throws SQLException {
        try {
            return prepared.executeQuery();
        } catch (SQLException e) {
            if (e.getSQLState() != null && WRONG_VALUE.matcher(e.getSQLState()).matches()) {
                return null;
            }
            throw e;
        }
    }

    private interface Call<T> {
        T run() throws SQLException;
    }

    private <T> T retrying(Call<T> call) throws SQLException, InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (SQLException e) {
                closeAfter(e);
                boolean passes = e.getSQLState() == null
                        || TRANSIENT.matcher(e.getSQLState()).matches();
                if (!passes || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(pause);
                pause *= 2;
            }
        }
    }

    private void closeAfter(SQLException failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private PreparedStatement statement() throws SQLException {
        if (statement == null) {
            Properties properties = new Properties();
            // So that text is compared with a column of any type.
            properties.setProperty("stringtype", "unspecified");
            properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
            properties.setProperty("connectTimeout", SECONDS_TO_ANSWER);
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("readOnly", "true");
            properties.setProperty("ApplicationName", "datamill");
            connection = DriverManager.getConnection(url, properties);
            statement = connection.prepareStatement(query.statement());
        }
        return statement;
    }

    private GenericData.Record record(ResultSet row) throws SQLException {
        GenericData.Record record = new GenericData.Record(query.taken().schema());
        int columns = query.taken().schema().getFields().size();
        for (int i = 0; i < columns; i++) {
            Object value = value(row, i + 1, query.taken().type(i));
            record.put(i, row.wasNull() ? null : value);
        }
        return record;
    }

    private Object value(ResultSet row, int at, Schema type) throws SQLException {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            BigDecimal number = row.getBigDecimal(at);
            return number == null ? null : Taken.decimal(number, decimal);
        }
        if (type.getLogicalType() instanceof LogicalTypes.Date) {
            LocalDate date = row.getObject(at, LocalDate.class);
            return date == null ? null : Math.toIntExact(date.toEpochDay());
        }
        if (FieldTypes.isTimestamp(type)) {
            Timestamp time = row.getTimestamp(at, utc); // A time without a zone is taken as UTC.
            return time == null ? null : time.getTime();
        }
        return switch (type.getType()) {
            case INT -> row.getInt(at);
            case LONG -> row.getLong(at);
            case DOUBLE -> row.getDouble(at);
            case BOOLEAN -> row.getBoolean(at);
            case ENUM -> {
                String symbol = row.getString(at);
                yield symbol == null ? null : Taken.symbol(type, symbol);
            }
            default -> row.getString(at);
        };
    }

    /** Ends the connection; the next question opens another. */
    @Override
    public void close() throws SQLException {
        try (Connection closing = connection) {
            connection = null;
            statement = null;
        }
    }
}
