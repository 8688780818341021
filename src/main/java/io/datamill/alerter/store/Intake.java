package io.datamill.alerter.store;

import io.datamill.alerter.channel.OneLine;
import io.datamill.alerter.config.Action;
import io.datamill.alerter.message.Message;
import io.datamill.alerter.message.MessageReader;
import io.datamill.alerter.message.Notice;
import io.datamill.alerter.message.UnreadableMessageException;
import io.datamill.alerter.message.VerdictEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes records of a shard: counts each event once and moves the shard's position, in one transaction, so that a crash
 * at any time counts none twice and none never.
 */
public final class Intake {
    private final Lease lease;
    private final Positions positions;
    private final Windows windows;
    private final Routing routing;
    private final Clock clock;
    private final MessageReader reader = new MessageReader();

    public Intake(Lease lease, Positions positions, Windows windows, Routing routing, Clock clock) {
        this.lease = lease;
        this.positions = positions;
        this.windows = windows;
        this.routing = routing;
        this.clock = clock;
    }

    /**
     * Who is told of what.
     *
     * @param by the fields that events are grouped by
     */
    public record Routing(List<Action> actions, List<String> by) {
        public Routing {
            actions = List.copyOf(actions);
            by = List.copyOf(by);
        }

        private boolean wants(Action action, Message message) {
            return message instanceof VerdictEvent event
                    ? action.when().wants(event)
                    : action.when().wants((Notice) message);
        }

        private List<Action> of(Message message) {
            return actions.stream().filter(action -> wants(action, message)).toList();
        }
    }

    /** What identifies a message. */
    private record Key(String kind, String tenant, String id) {
        static Key of(Message message) {
            return new Key(message.kind(), message.tenant(), message.id());
        }
    }

    /**
     * Takes them. One that the database refuses is kept as a reject, and the others go on.
     *
     * @param end whether the shard has ended with them
     */
    public Tally take(String shard, List<Arrived> records, boolean end) throws SQLException {
        try {
            return lease.with(connection -> take(connection, shard, records, end));
        } catch (SQLException e) {
            if (!isRefusal(e) || records.isEmpty()) {
                throw e;
            }
            if (records.size() == 1) {
                return reject(shard, records.get(0), "refused by the database: SQLSTATE " + e.getSQLState(), end);
            }
            int half = records.size() / 2;
            return take(shard, records.subList(0, half), false)
                    .plus(take(shard, records.subList(half, records.size()), end));
        }
    }

    /** Of a value, and not for the state of the server. */
    private static boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private Tally take(Connection connection, String shard, List<Arrived> records, boolean end) throws SQLException {
        List<Message> messages = new ArrayList<>();
        int rejected = 0;
        for (Arrived arrived : records) {
            try {
                messages.add(reader.read(arrived.data()));
            } catch (UnreadableMessageException e) {
                keep(connection, shard, arrived, e.getMessage());
                rejected++;
            }
        }
        Tally tally = count(connection, messages);
        String last = records.isEmpty() ? null : records.get(records.size() - 1).sequence();
        positions.move(connection, shard, last, end);
        return tally.plus(new Tally(records.size(), 0, 0, 0, 0, 0, rejected));
    }

    private Tally count(Connection connection, List<Message> messages) throws SQLException {
        List<Message> wanted = messages.stream().filter(this::isRemembered).toList();
        Set<Key> fresh = remember(connection, wanted);
        Map<GroupKey, Gathered> groups = new LinkedHashMap<>();
        long acted = 0;
        long opened = 0;
        long monitored = 0;
        long repeated = 0;
        for (Message message : wanted) {
            if (!fresh.remove(Key.of(message))) {
                repeated++;
            } else if (message instanceof VerdictEvent event && event.monitored()) {
                monitored++;
            } else if (message instanceof VerdictEvent event) {
                acted++;
                routing.of(event)
                        .forEach(action -> groups.computeIfAbsent(
                                        GroupKey.of(action.name(), event, routing.by()), Gathered::new)
                                .add(event));
            } else if (message instanceof Notice notice) {
                acted++;
                for (Action action : routing.of(notice)) {
                    windows.add(connection, action.name(), notice);
                    opened++;
                }
            }
        }
        for (Map.Entry<GroupKey, Gathered> group : groups.entrySet()) {
            opened += windows.add(connection, group.getKey(), group.getValue()) ? 1 : 0;
        }
        return new Tally(0, acted, opened, monitored, repeated, messages.size() - (long) wanted.size(), 0);
    }

    /** What nobody is told of now may be decided otherwise by a later run, and is told then. */
    private boolean isRemembered(Message message) {
        return !routing.of(message).isEmpty() || (message instanceof VerdictEvent event && event.monitored());
    }

    /** Those that have not been seen before. */
    private Set<Key> remember(Connection connection, List<Message> messages) throws SQLException {
        if (messages.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(Statement.of(
                        "INSERT INTO alerter_event (alerter, kind, tenant, id, seen_at)"
                                + " SELECT ?, e.kind, e.tenant, e.id, ?"
                                + " FROM unnest(?, ?, ?) AS e (kind, tenant, id)"
                                + " ON CONFLICT DO NOTHING RETURNING kind, tenant, id",
                        lease.alerter(),
                        clock.instant(),
                        messages.stream().map(Message::kind).toArray(String[]::new),
                        messages.stream().map(Message::tenant).toArray(String[]::new),
                        messages.stream().map(Message::id).toArray(String[]::new))
                .rows(connection, row -> new Key(row.getString(1), row.getString(2), row.getString(3))));
    }

    private Tally reject(String shard, Arrived arrived, String reason, boolean end) throws SQLException {
        return lease.with(connection -> {
            keep(connection, shard, arrived, reason);
            positions.move(connection, shard, arrived.sequence(), end);
            return new Tally(1, 0, 0, 0, 0, 0, 1);
        });
    }

    private void keep(Connection connection, String shard, Arrived arrived, String reason) throws SQLException {
        Statement.of(
                        "INSERT INTO alerter_reject VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        lease.alerter(),
                        positions.stream(),
                        shard,
                        arrived.sequence(),
                        arrived.at(),
                        OneLine.of(reason, 500),
                        arrived.data())
                .update(connection);
    }
}
