package io.datamill.alerter.store;

/**
 * What became of messages.
 *
 * @param acted counted in an alert
 * @param opened alerts, each by one of those acted on
 * @param monitored decided without effect
 * @param repeated known already
 * @param ignored wanted by no action
 * @param rejected not readable
 */
public record Tally(long read, long acted, long opened, long monitored, long repeated, long ignored, long rejected) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    public Tally plus(Tally more) {
        return new Tally(
                read + more.read,
                acted + more.acted,
                opened + more.opened,
                monitored + more.monitored,
                repeated + more.repeated,
                ignored + more.ignored,
                rejected + more.rejected);
    }
}
