package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import io.datamill.sink.migration.PostgresMigrations;
import io.datamill.testing.Sql;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryIT extends RegistryContract {
    private static Lab lab;
    private static Sql sql;

    @BeforeAll
    static void startPostgres() {
        lab = Lab.start(LabFiles.locate(), Server.POSTGRES);
        sql = new Sql(lab.postgresUrl());
        new PostgresStore(lab.postgresUrl()).close();
    }

    @AfterAll
    static void stopPostgres() {
        lab.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        sql.execute("TRUNCATE datamill_registry.subject, datamill_registry.registered_schema CASCADE");
    }

    @Override
    PostgresStore store() {
        return new PostgresStore(lab.postgresUrl());
    }

    @Test
    void theSinksTablesAreMigratedBesideIt() throws Exception {
        assertThat(PostgresMigrations.apply(lab.postgresUrl())).hasSize(8);
        store().close();
        assertThat(PostgresMigrations.apply(lab.postgresUrl())).isEmpty();
        assertThat(sql.query("SELECT table_name FROM information_schema.tables WHERE table_schema ="
                        + " 'datamill_registry' ORDER BY 1"))
                .containsExactly("flyway_schema_history", "registered_schema", "subject", "subject_version");
    }

    @Test
    void theTablesRefuseWhatTheServerWouldNotWrite() throws Exception {
        register("mail", ONE);

        assertThatThrownBy(
                        () -> sql.execute("INSERT INTO datamill_registry.subject_version (subject, version, schema_id)"
                                + " SELECT subject, 2, schema_id FROM datamill_registry.subject_version"))
                .hasMessageContaining("unique");
        assertThatThrownBy(() -> sql.execute("INSERT INTO datamill_registry.subject VALUES ('../x', 'full')"))
                .hasMessageContaining("check");
        assertThatThrownBy(() -> sql.execute("UPDATE datamill_registry.subject SET compatibility = 'some'"))
                .hasMessageContaining("check");
    }
}
