package io.datamill.alerter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.datamill.alerter.channel.EmailConfig.Tls;
import io.datamill.config.Reference;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailTest {
    private static final UUID ID = UUID.fromString("5b6ad5a0-0000-4000-8000-000000000001");

    private final GreenMail server = new GreenMail(
            new ServerSetup[] {new ServerSetup(0, "127.0.0.1", "smtp"), new ServerSetup(0, "127.0.0.1", "smtps")});

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Channel email(Tls tls) {
        return email(
                tls,
                tls == Tls.TLS ? server.getSmtps().getPort() : server.getSmtp().getPort());
    }

    private static Channel email(Tls tls, int port) {
        return new EmailConfig(
                        new Reference("127.0.0.1"),
                        port,
                        tls,
                        null,
                        "datamill@example.org",
                        List.of("soc@example.org", "cert@example.org"),
                        null)
                .open(Clock.systemUTC());
    }

    private static Alert alert(String tenant, String domain) {
        Instant at = Instant.parse("2026-01-31T12:00:00Z");
        return new Alert(ID, Alert.Kind.GROUP, tenant, at, at, 3, 0, AlertContent.group(Map.of("from_domain", domain)));
    }

    @Test
    void mailsEachRecipientOnceUnderTheAlertsId() throws Exception {
        Channel email = email(Tls.NONE);
        byte[] body = email.render(alert("acme", "Grüße.example"));
        assertThat(email.send(ID, body)).isEqualTo(Delivery.SENT);
        assertThat(email.send(ID, body)).isEqualTo(Delivery.SENT);
        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails).hasSize(4);
        for (MimeMessage mail : mails) {
            assertThat(mail.getMessageID()).isEqualTo("<" + ID + "@example.org>");
            assertThat(mail.getSubject()).isEqualTo("acme: 3 events of from_domain Grüße.example ()");
            assertThat(mail.getContent().toString()).contains("At 2026-01-31T12:00:00Z");
        }
    }

    @Test
    void nothingOfAnEventBecomesAHeader() throws Exception {
        String evil = "x\r\nBcc: victim@example.com\r\n\r\n<b>\u0085\u2028";
        Channel email = email(Tls.NONE);
        assertThat(email.send(ID, email.render(alert(evil, evil)))).isEqualTo(Delivery.SENT);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getRecipients(RecipientType.TO)).hasSize(2);
        assertThat(mail.getSubject()).startsWith("x  Bcc: victim@example.com");
        assertThat(server.getReceivedMessages()).hasSize(2);
    }

    @Test
    void sendsNothingInClearWhereStarttlsIsWantedAndNotOffered() {
        Channel email = email(Tls.STARTTLS);
        assertThat(email.send(ID, email.render(alert("a", "b")))).isInstanceOf(Delivery.Again.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void sendsNothingToAServerWhoseCertificateNobodyTrusts() {
        Channel email = email(Tls.TLS);
        assertThat(email.send(ID, email.render(alert("a", "b")))).isInstanceOf(Delivery.Again.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void isSentWhereTheServerHasTakenTheMailAndIsGoneBeforeTheFarewell() throws Exception {
        byte[] body = email(Tls.NONE).render(alert("a", "b"));
        try (ServerSocket taking = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> take(taking));
            assertThat(email(Tls.NONE, taking.getLocalPort()).send(ID, body)).isEqualTo(Delivery.SENT);
            taken.join();
        }
    }

    /** Answers as a mail server does, but resets the connection at QUIT. */
    private static void take(ServerSocket server) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            out.write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
            boolean data = false;
            for (String line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
                if (!data || line.equals(".")) {
                    data = line.equals("DATA");
                    out.write((data ? "354 go on\r\n" : "250 ok\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void triesAgainWhereNobodyAnswers() {
        Channel email = email(Tls.NONE);
        server.stop();
        assertThat(email.send(ID, email.render(alert("a", "b")))).isInstanceOf(Delivery.Again.class);
    }
}
