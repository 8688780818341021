package io.datamill.alerter.channel;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Mails an alert as plain text. Sender and recipients are the configuration's; of the alert only the subject, on one line,
 * and the text are in the mail. Its Message-ID is made of the alert's id, so that repeats are the same mail.
 */
final class Email implements Channel {
    private static final int FIRST_PERMANENT = 500;

    private final EmailConfig config;
    private final String host;
    private final String user;
    private final String password;
    private final Session session;
    private final Clock clock;

    Email(EmailConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        host = config.host().resolve();
        user = config.login() == null ? null : config.login().user().resolve();
        password = config.login() == null ? null : config.login().password().resolve();
        session = Session.getInstance(properties());
    }

    private Properties properties() {
        String protocol = protocol();
        String millis = Long.toString(config.timeout().toMillis());
        boolean starttls = config.tls() == EmailConfig.Tls.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        String prefix = "mail." + protocol + '.';
        properties.setProperty(prefix + "auth", Boolean.toString(user != null));
        properties.setProperty(prefix + "connectiontimeout", millis);
        properties.setProperty(prefix + "timeout", millis);
        properties.setProperty(prefix + "writetimeout", millis);
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        // One recipient that is gone shall not keep the alert from the others.
        properties.setProperty(prefix + "sendpartial", "true");
        properties.setProperty(prefix + "from", config.from());
        return properties;
    }

    private String protocol() {
        return config.tls() == EmailConfig.Tls.TLS ? "smtps" : "smtp";
    }

    @Override
    public byte[] render(Alert alert) {
        String domain = config.from().substring(config.from().lastIndexOf('@'));
        try {
            MimeMessage mail = new Mail(session, "<" + alert.id() + domain + ">");
            mail.setFrom(new InternetAddress(config.from()));
            for (String recipient : config.to()) {
                mail.addRecipient(RecipientType.TO, new InternetAddress(recipient));
            }
            mail.setSubject(AlertText.title(alert), StandardCharsets.UTF_8.name());
            mail.setSentDate(Date.from(clock.instant()));
            mail.setHeader("Auto-Submitted", "auto-generated");
            mail.setHeader("X-Datamill-Alert", alert.id().toString());
            mail.setText(String.join("\r\n", AlertText.lines(alert)) + "\r\n", StandardCharsets.UTF_8.name());
            mail.saveChanges();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException("no mail can be made of alert " + alert.id(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    @Override
    public Delivery send(UUID id, byte[] body) {
        boolean taken = false;
        try (Transport transport = session.getTransport(protocol())) {
            MimeMessage mail = new MimeMessage(session, new ByteArrayInputStream(body));
            transport.connect(host, config.port(), user, password);
            transport.sendMessage(mail, mail.getAllRecipients());
            taken = true;
        } catch (AuthenticationFailedException e) {
            return new Delivery.Again("the server refused user or password", Duration.ZERO);
        } catch (SendFailedException e) {
            return failed(e);
        } catch (MessagingException e) {
            if (!taken) {
                return new Delivery.Again(
                        "no connection: " + OneLine.of(String.valueOf(e.getMessage()), 200), Duration.ZERO);
            }
        }
        return Delivery.SENT; // Also where the server is gone before the farewell.
    }

    private static Delivery failed(SendFailedException failure) {
        Address[] sent = failure.getValidSentAddresses();
        String reason = reason(failure);
        if (sent != null && sent.length > 0) {
            return new Delivery.Sent("not to all: " + reason);
        }
        return code(failure) >= FIRST_PERMANENT
                ? new Delivery.Refused(reason)
                : new Delivery.Again(reason, Duration.ZERO);
    }

    /** The least of all answers: while one recipient may be taken later, the mail is tried again. 0 without any. */
    private static int code(Exception failure) {
        int least = Integer.MAX_VALUE;
        for (Exception at = failure; at instanceof MessagingException mail; at = mail.getNextException()) {
            int code = 0;
            if (at instanceof SMTPAddressFailedException address) {
                code = address.getReturnCode();
            } else if (at instanceof SMTPSendFailedException message) {
                code = message.getReturnCode();
            } else if (at instanceof SMTPSenderFailedException sender) {
                code = sender.getReturnCode();
            }
            least = code == 0 ? least : Math.min(least, code);
        }
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private static String reason(MessagingException failure) {
        Exception deepest = failure.getNextException() == null ? failure : failure.getNextException();
        return String.format(
                Locale.ROOT, "answer %d: %s", code(failure), OneLine.of(String.valueOf(deepest.getMessage()), 200));
    }

    /** Keeps the Message-ID that it is given; by itself it would be a new one each time. */
    private static final class Mail extends MimeMessage {
        private final String messageId;

        Mail(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
