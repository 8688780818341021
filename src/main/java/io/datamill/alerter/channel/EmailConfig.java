package io.datamill.alerter.channel;

import io.datamill.config.Durations;
import io.datamill.config.Reference;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * E-mail by SMTP.
 *
 * @param host of the server
 * @param port 587 if absent
 * @param tls how the connection is encrypted
 * @param login null: none
 * @param from the sender's address
 * @param to the recipients' addresses
 * @param timeout of connecting and of each answer
 */
public record EmailConfig(
        Reference host, Integer port, Tls tls, Login login, String from, List<String> to, Duration timeout) {
    private static final int SUBMISSION = 587;

    /** From the greeting to the end of the mail, without those for recipients. */
    private static final int ANSWERS = 12;

    private static final int MOST_RECIPIENTS = 50;

    public EmailConfig {
        if (host == null) {
            throw new IllegalArgumentException("host is missing; give the name of an SMTP server");
        }
        port = port == null ? SUBMISSION : port;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port expected 1 to 65535, but read '" + port + "'");
        }
        tls = tls == null ? Tls.STARTTLS : tls;
        if (tls == Tls.NONE && login != null) {
            throw new IllegalArgumentException("tls: none would send the password in clear; use starttls or tls");
        }
        address("from", from);
        if (to == null || to.isEmpty() || to.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("to: expected 1 to " + MOST_RECIPIENTS + " addresses");
        }
        to = List.copyOf(to);
        for (int i = 0; i < to.size(); i++) {
            address("to[" + i + "]", to.get(i));
        }
        timeout = Durations.within(
                "timeout", timeout, Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofMinutes(2));
    }

    private static void address(String option, String address) {
        try {
            InternetAddress parsed = new InternetAddress(address == null ? "" : address, true);
            parsed.validate();
            if (!parsed.getAddress().equals(address) || address.indexOf('@') < 1) {
                throw new AddressException("more than an address");
            }
        } catch (AddressException e) {
            throw new IllegalArgumentException(
                    option + ": expected an address such as soc@example.org, but read '" + address + "'", e);
        }
    }

    /** How the connection is encrypted; a certificate has to be of the host's name and trusted by Java. */
    public enum Tls {
        /** Not at all: for a server on the same machine. */
        NONE,
        /** After STARTTLS; a server that does not offer it gets nothing. */
        STARTTLS,
        /** From the first byte, as on port 465. */
        TLS
    }

    /** Who logs in. */
    public record Login(Reference user, Reference password) {
        public Login {
            if (user == null) {
                throw new IllegalArgumentException("user is missing");
            }
            Secrets.referred("password", password);
        }
    }

    /** That one attempt may take at most: each of its answers may take the timeout. */
    public Duration longest() {
        return timeout.multipliedBy(ANSWERS + (long) to.size());
    }

    /**
     * Resolves the references; does not connect.
     *
     * @throws Reference.UnresolvedReferenceException if one stands for nothing
     */
    public Channel open(Clock clock) {
        return new Email(this, clock);
    }
}
