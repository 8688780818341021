package io.datamill.alerter.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.alerter.Receiver;
import io.datamill.config.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    private static final UUID ID = UUID.fromString("5b6ad5a0-0000-4000-8000-000000000001");
    private static final byte[] BODY = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);

    private Receiver receiver;
    private Channel webhook;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        System.setProperty("WEBHOOK_TEST_SECRET", "0123456789abcdef");
        webhook = open(Duration.ofSeconds(10));
    }

    private Channel open(Duration timeout) {
        return new WebhookConfig(
                        new Reference(receiver.url("/hook")), new Reference("${env:WEBHOOK_TEST_SECRET}"), timeout)
                .open(CLOCK);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    /** The figure is of: printf '1769860800.{"id":1}' | openssl dgst -sha256 -hmac 0123456789abcdef. */
    @Test
    void signsTimeAndBodyAndNamesTheAlert() {
        assertThat(webhook.send(ID, BODY)).isEqualTo(Delivery.SENT);
        Receiver.Request request = receiver.at("/hook").get(0);
        assertThat(request.body()).isEqualTo("{\"id\":1}");
        assertThat(request.key()).isEqualTo(ID.toString());
        assertThat(request.headers().get("datamill-signature"))
                .isEqualTo("t=1769860800,v1=4b408fc6187f98c135f695decfe8edde09737e37033702470b33c83a0f2bb1bd");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void triesAgainWhatMayPass(int status) {
        receiver.answer(status, Map.of());
        assertThat(webhook.send(ID, BODY)).isEqualTo(new Delivery.Again("status " + status, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 410, 413})
    void takesOtherAnswersForARefusal(int status) {
        receiver.answer(status, Map.of("Location", receiver.url("/elsewhere")));
        assertThat(webhook.send(ID, BODY)).isEqualTo(new Delivery.Refused("status " + status));
        assertThat(receiver.at("/elsewhere")).isEmpty();
    }

    @Test
    void honoursRetryAfterInBothForms() {
        assertThat(asked("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(asked("Sat, 31 Jan 2026 12:05:00 GMT")).isEqualTo(Duration.ofMinutes(5));
        assertThat(asked("Sat, 31 Jan 2026 11:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(asked("soon")).isEqualTo(Duration.ZERO);
        assertThat(asked("99999999999999999999")).isEqualTo(Duration.ZERO);
    }

    private Duration asked(String retryAfter) {
        receiver.answer(503, Map.of("Retry-After", retryAfter));
        return ((Delivery.Again) webhook.send(ID, BODY)).after();
    }

    @Test
    void triesAgainWhereNobodyAnswers() {
        receiver.hold();
        assertThat(open(Duration.ofMillis(200)).send(ID, BODY)).isInstanceOf(Delivery.Again.class);
        receiver.close();
        assertThat(webhook.send(ID, BODY)).isInstanceOf(Delivery.Again.class);
    }

    @Test
    void doesNotTellAUrlOrSecretThatItRefuses() {
        System.setProperty("WEBHOOK_TEST_URL", "htp:// secret");
        WebhookConfig config = new WebhookConfig(
                new Reference("${env:WEBHOOK_TEST_URL}"), new Reference("${env:WEBHOOK_TEST_SECRET}"), null);
        assertThatThrownBy(() -> config.open(CLOCK))
                .hasMessageNotContaining("secret")
                .hasNoCause();
        System.setProperty("WEBHOOK_TEST_URL", "https://user:hidden@host/");
        assertThatThrownBy(() -> config.open(CLOCK)).hasMessageNotContaining("hidden");
        System.setProperty("WEBHOOK_TEST_SECRET", "short");
        assertThatThrownBy(() -> config.open(CLOCK)).hasMessageNotContaining("short");
    }
}
