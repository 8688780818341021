package io.datamill.step.enrich;

/** The mail providers that {@link MailProvider} knows without lists of one's own. */
public final class Providers {
    private Providers() {}

    /**
     * Whether anybody may have an address there for nothing, for good or to be thrown away.
     *
     * @param text an address or a domain
     */
    public static boolean isOpenToAll(String text) {
        String host = text.indexOf('@') >= 0 ? Host.ofEmail(text) : Host.ofDomain(text);
        return host != null && MailProvider.known(host) != null;
    }
}
