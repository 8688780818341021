package io.datamill.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.datamill.config.Reference;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://joe:hush@localhost/mail",
                "jdbc:postgresql://joe:hush@localhost/mail",
                "jdbc:postgresql://localhost:hush/mail",
                "jdbc:mysql://localhost/mail?password=hush"
            })
    void saysThatAUrlIsNoneWithoutShowingIt(String url) {
        Throwable thrown = catchThrowable(() -> {
            Connections connections = new Connections(new Reference(url), Duration.ofSeconds(1));
            connections.open();
            connections.getOrEstablishConnection();
        });

        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected jdbc:postgresql://host:5432/database?user=u&password=p");
        assertThat(thrown.toString()).doesNotContain("hush");
    }
}
