package io.datamill.sink.migration;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateOutput;

/** The tables, by Flyway from {@code db/postgres}. */
public final class PostgresMigrations {
    private PostgresMigrations() {}

    /**
     * Applies what has not been applied.
     *
     * @param url JDBC URL with user and password
     * @return what was applied, such as {@code V1 scored message}
     * @throws org.flywaydb.core.api.FlywayException if one fails, or an applied one has been changed
     */
    public static List<String> apply(String url) {
        Flyway flyway = Flyway.configure(PostgresMigrations.class.getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:db/postgres")
                .validateMigrationNaming(true)
                .load();
        return flyway.migrate().migrations.stream()
                .map(PostgresMigrations::name)
                .toList();
    }

    private static String name(MigrateOutput migration) {
        return "V" + migration.version + " " + migration.description;
    }
}
