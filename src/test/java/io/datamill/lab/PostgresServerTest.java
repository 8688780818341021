package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresServerTest {
    @ParameterizedTest
    @CsvSource({"Linux,amd64", "Linux,aarch64", "Mac OS X,x86_64", "Mac OS X,aarch64"})
    void hasBinariesForEachMachine(String osName, String osArch) {
        String resource = PostgresServer.resource(osName, osArch);
        assertThat(PostgresServer.class.getResource("/" + resource))
                .as(resource)
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Linux,amd64,linux-x86_64", "Linux,aarch64,linux-arm_64", "Mac OS X,aarch64,darwin-arm_64"})
    void tellsMachinesApart(String osName, String osArch, String expected) {
        assertThat(PostgresServer.resource(osName, osArch)).isEqualTo("postgres-" + expected + ".txz");
    }
}
