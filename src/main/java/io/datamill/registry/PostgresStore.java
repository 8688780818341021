package io.datamill.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Tables in the PostgreSQL schema {@value #SCHEMA}, which it creates. Nothing is kept in memory, so that a
 * server sees at once what another wrote.
 */
public final class PostgresStore implements SchemaStore {
    static final String SCHEMA = "datamill_registry";

    /** Unique violation, serialization failure, deadlock: somebody else was quicker. */
    private static final Set<String> LOST = Set.of("23505", "40001", "40P01");

    private final String url;
    private final Connections connections;

    /**
     * Creates or updates the tables.
     *
     * @param url JDBC URL with user and password
     */
    public PostgresStore(String url) {
        this.url = url;
        this.connections = new Connections(url, SCHEMA);
        try {
            Flyway.configure(PostgresStore.class.getClassLoader())
                    .dataSource(url, null, null)
                    .schemas(SCHEMA)
                    .locations("classpath:db/registry")
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException("cannot create the tables in " + place() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> subjects() {
        return connected(connection -> {
            List<String> subjects = new ArrayList<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT DISTINCT subject FROM subject_version");
                    ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    subjects.add(found.getString(1));
                }
            }
            subjects.sort(null); // not by the database's collation
            return subjects;
        });
    }

    @Override
    public List<Version> versions(String subject) {
        return connected(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT version, id, json FROM subject_version JOIN registered_schema ON id = schema_id"
                            + " WHERE subject = ? ORDER BY version")) {
                select.setString(1, subject);
                List<Version> versions = new ArrayList<>();
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        versions.add(new Version(
                                subject,
                                found.getInt(1),
                                found.getObject(2, UUID.class),
                                new Schema.Parser().parse(found.getString(3))));
                    }
                }
                return versions;
            }
        });
    }

    @Override
    public Optional<Schema> schema(UUID id) {
        return connected(connection -> one(connection, "SELECT json FROM registered_schema WHERE id = ?", id))
                .map(json -> new Schema.Parser().parse(json));
    }

    @Override
    public Optional<CompatibilityLevel> level(String subject) {
        return connected(connection -> one(connection, "SELECT compatibility FROM subject WHERE name = ?", subject))
                .flatMap(CompatibilityLevel::parse);
    }

    @Override
    public void setLevel(String subject, CompatibilityLevel level) {
        connected(connection -> update(
                connection,
                "INSERT INTO subject (name, compatibility) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET compatibility = EXCLUDED.compatibility",
                subject,
                level.toString()));
    }

    @Override
    public boolean append(Version version) {
        try {
            return connections.with(connection -> {
                update(
                        connection,
                        "INSERT INTO registered_schema (id, json) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                        version.id(),
                        version.schema().toString());
                update(
                        connection,
                        "INSERT INTO subject (name) VALUES (?) ON CONFLICT (name) DO NOTHING",
                        version.subject());
                update(
                        connection,
                        "INSERT INTO subject_version (subject, version, schema_id) VALUES (?, ?, ?)",
                        version.subject(),
                        version.number(),
                        version.id());
                return true;
            });
        } catch (SQLException e) {
            if (LOST.contains(e.getSQLState())) {
                return false;
            }
            throw failed(e);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String place() {
        return url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
    }

    private static Optional<String> one(Connection connection, String sql, Object value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, value);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private <T> T connected(Connections.Work<T> work) {
        try {
            return connections.with(work);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private StoreException failed(SQLException cause) {
        return new StoreException(place() + ": " + cause.getMessage(), cause);
    }
}
